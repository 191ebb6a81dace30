//! Over TLS: a server is believed where an authority that is believed answers for its name, and nobody else.

mod server;

use marsad_fetch::{Archive, FetchError, Fetcher, Options, Outcome, Seen};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use server::{FakeClock, Server, fetcher, local};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

const BODY: &[u8] = b"<html><body><p>Snow closed the hill road.</p></body></html>";

/// An authority of one's own.
struct Authority {
    certificate: Certificate,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self { certificate: params.self_signed(&key).expect("a certificate"), key }
    }

    fn pem(&self) -> Vec<u8> {
        self.certificate.pem().into_bytes()
    }

    /// The port of a server that this authority says is called so.
    fn serve(&self, name: &str) -> u16 {
        let key = KeyPair::generate().expect("a key");
        let certificate = CertificateParams::new(vec![name.to_owned()]).expect("a name").signed_by(&key, &self.certificate, &self.key);
        let chain = vec![certificate.expect("a certificate").der().clone()];
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .expect("a chain");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let config = Arc::new(config);
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let config = config.clone();
                std::thread::spawn(move || answer(config, line));
            }
        });
        port
    }
}

/// Whoever does not believe the certificate hangs up; then there is nobody to answer.
fn answer(config: Arc<ServerConfig>, line: TcpStream) -> std::io::Result<()> {
    let mut line = StreamOwned::new(ServerConnection::new(config).map_err(std::io::Error::other)?, line);
    let mut asked = Vec::new();
    let mut byte = [0];
    while !asked.ends_with(b"\r\n\r\n") && line.read(&mut byte)? > 0 {
        asked.push(byte[0]);
    }
    let (status, body) = if asked.starts_with(b"GET /page ") { ("200 OK", BODY) } else { ("404 Not Found", &b""[..]) };
    write!(line, "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    line.write_all(body)?;
    line.conn.send_close_notify();
    line.flush()
}

fn outcome(options: Options, url: &str) -> (Outcome, Vec<u8>) {
    let (mut fetcher, _) = fetcher(options, Seen::default());
    let fetched = fetcher.fetch(url).expect("memory keeps all");
    (fetched.outcome, fetched.body)
}

#[test]
fn a_server_is_believed_for_its_name_alone_and_by_its_authority_alone() {
    let (ours, other) = (Authority::new(), Authority::new());
    let (port, elsewhere) = (ours.serve("localhost"), ours.serve("hillpost.example"));
    let with = |ca: Option<Vec<u8>>| Options { ca, ..local() };
    let page = format!("https://localhost:{port}/page");
    assert_eq!(outcome(with(Some(ours.pem())), &page), (Outcome::New, BODY.to_vec()));
    let both = [ours.pem(), other.pem()].concat();
    assert_eq!(outcome(with(Some(both)), &page).0, Outcome::New);
    for (options, url) in [
        (with(None), page.clone()),
        (with(Some(other.pem())), page),
        (with(Some(ours.pem())), format!("https://localhost:{elsewhere}/page")),
    ] {
        let (outcome, body) = outcome(options, &url);
        assert!(matches!(&outcome, Outcome::Failed(why) if why.contains("ertificate")), "{outcome:?}");
        assert!(body.is_empty());
    }
}

#[test]
fn a_proxy_carries_what_is_encrypted_unread() {
    let ours = Authority::new();
    let port = ours.serve("localhost");
    // Hands on what comes, both ways, as a proxy does that was asked to connect.
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://127.0.0.1:{}", proxy.local_addr().expect("an address").port());
    std::thread::spawn(move || {
        for mut line in proxy.incoming().flatten() {
            let (mut asked, mut byte) = (Vec::new(), [0]);
            while !asked.ends_with(b"\r\n\r\n") && line.read(&mut byte).is_ok_and(|n| n > 0) {
                asked.push(byte[0]);
            }
            let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
            let answered = if asked.starts_with(b"CONNECT localhost:") { "200 OK" } else { "403 Forbidden" };
            let _ = write!(line, "HTTP/1.1 {answered}\r\n\r\n");
            let (Ok(mut from), Ok(mut to)) = (line.try_clone(), server.try_clone()) else { continue };
            std::thread::spawn(move || std::io::copy(&mut from, &mut to));
            std::thread::spawn(move || std::io::copy(&mut server, &mut line));
        }
    });
    let options = Options { ca: Some(ours.pem()), proxy: Some(address), ..local() };
    assert_eq!(outcome(options, &format!("https://localhost:{port}/page")), (Outcome::New, BODY.to_vec()));
}

#[test]
fn what_holds_no_certificate_is_told() {
    for wrong in [&b"no certificate"[..], b"", b"-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n"] {
        let options = Options { ca: Some(wrong.to_vec()), ..local() };
        let made = Fetcher::new(options, FakeClock::default(), Seen::default(), Archive::new(Vec::new()));
        assert!(matches!(made, Err(FetchError::Certificates(_))), "{wrong:?}");
    }
    let plain = Server::start(|_, _, _, out| server::good(out, "200 OK", "", b"plain"));
    let (outcome, _) = outcome(local(), &format!("https://localhost:{}/page", plain.port));
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
}
