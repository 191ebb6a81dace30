PRAGMA foreign_keys = OFF;
PRAGMA user_version = 4;
PRAGMA application_id = 1297240900;
BEGIN TRANSACTION;
CREATE TABLE analysis (
    report INTEGER PRIMARY KEY REFERENCES report (n),
    body   BLOB NOT NULL
) STRICT;
INSERT INTO "analysis" VALUES(1,X'726561642030');
INSERT INTO "analysis" VALUES(10,X'726561642039');
INSERT INTO "analysis" VALUES(11,X'72656164203130');
INSERT INTO "analysis" VALUES(12,X'72656164203131');
INSERT INTO "analysis" VALUES(2,X'726561642031');
INSERT INTO "analysis" VALUES(3,X'726561642032');
INSERT INTO "analysis" VALUES(4,X'726561642033');
INSERT INTO "analysis" VALUES(5,X'726561642034');
INSERT INTO "analysis" VALUES(6,X'726561642035');
INSERT INTO "analysis" VALUES(7,X'726561642036');
INSERT INTO "analysis" VALUES(8,X'726561642037');
INSERT INTO "analysis" VALUES(9,X'726561642038');
CREATE TABLE claim (
    id     TEXT PRIMARY KEY,
    report TEXT NOT NULL,
    event  TEXT,
    origin TEXT
, confidence INTEGER, settled INTEGER) WITHOUT ROWID, STRICT;
INSERT INTO "claim" VALUES('c:1ef782eaa66e1c55d6030f1e','r:483335ff6e5c65ad585b8ca5','e:f50f518dd14adce08df077a9',NULL,500,0);
INSERT INTO "claim" VALUES('c:37f569701d34e0ea5488d945','r:0bc714d95fe966796e651de3',NULL,'o:028f0df5b8596fbcd10c9720',500,0);
INSERT INTO "claim" VALUES('c:46453849a1966000a1057d89','r:483335ff6e5c65ad585b8ca5','e:bccabff7e316f9a8f22237a2',NULL,500,0);
INSERT INTO "claim" VALUES('c:7589e094ddb44cbab9cb7baa','r:483335ff6e5c65ad585b8ca5','e:bccabff7e316f9a8f22237a2',NULL,500,0);
INSERT INTO "claim" VALUES('c:974dd9600f5abc32cdcfcaf3','r:483335ff6e5c65ad585b8ca5','e:f50f518dd14adce08df077a9',NULL,500,0);
INSERT INTO "claim" VALUES('c:a48dec6dbec0be2dfc1d6f0b','r:483335ff6e5c65ad585b8ca5','e:f50f518dd14adce08df077a9',NULL,500,0);
INSERT INTO "claim" VALUES('c:f33e239e61aa55363b06e88a','r:483335ff6e5c65ad585b8ca5','e:e285a457e2e75a8695c2f77d',NULL,500,0);
CREATE TABLE comparison (
    report TEXT PRIMARY KEY,
    body   BLOB NOT NULL
) STRICT;
INSERT INTO "comparison" VALUES('r:483335ff6e5c65ad585b8ca5',X'6C696E65616765');
CREATE TABLE custody (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    what     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;
INSERT INTO "custody" VALUES(1,'2026-01-02T03:04:05Z','began','{"version":"program 1 and knowledge a"}','','6f65a2617c34f8d1f90e35182fe4185f9cf922a2f985aa1bd3fadeff1163467a');
INSERT INTO "custody" VALUES(2,'2026-01-02T03:04:05Z','sealed','{"digest":"7402de110cfbd06dc05d6923fb954ade0e45a6dfd5a13caae4145cc0c84f6684","intakes":12,"originals":12}','6f65a2617c34f8d1f90e35182fe4185f9cf922a2f985aa1bd3fadeff1163467a','295d31e29a1adaa5d3b23c76ea1295cd38dee8f2fb79d2136845bf3e667c078b');
INSERT INTO "custody" VALUES(3,'2026-01-02T03:04:05Z','sealed','{"digest":"66734927be2db9156db03c6fbe5e798bd07fcb8e868b508e769f41174d3e766a","intakes":1,"originals":0}','295d31e29a1adaa5d3b23c76ea1295cd38dee8f2fb79d2136845bf3e667c078b','38000b23dc4096255ca0f52d5e25eebe12e3af16e3b2d28c5e866746ce67608f');
INSERT INTO "custody" VALUES(4,'2026-01-02T03:04:05Z','decided','{"decisions":3,"digest":"c3ceca7ef950bc9389b6412d9223e29cf080287f471f590f65e708c883452d49"}','38000b23dc4096255ca0f52d5e25eebe12e3af16e3b2d28c5e866746ce67608f','92f21bc478eb48032e1ec320fd97f8f4caabe675d9fe75646eebd0f7fd25ba51');
INSERT INTO "custody" VALUES(5,'2026-01-02T03:04:05Z','decided','{"decisions":1,"digest":"17a77a5aea830ea365b28d1ed73943125e3178c3e870cf62a6d42304b6acd629"}','92f21bc478eb48032e1ec320fd97f8f4caabe675d9fe75646eebd0f7fd25ba51','85748254342d1c415967dc87b8b7f0c163037f0c768a71d5c0121d39c41abc4a');
CREATE TABLE decision (
    n      INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    body   TEXT,
    sha256 TEXT NOT NULL,       -- of the body
    seq    INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "decision" VALUES(1,'d:f37404e2a6fa34b32057a340','{"n":0}','f3013f933b9fb80ab6d995e7ad9da36f683837ba1d81e950c943d40111eac2f0',4);
INSERT INTO "decision" VALUES(2,'d:1ef782eaa66e1c55d6030f1e','{"n":1}','2bfd14f43d17fc7cea24e0917a8879b4b2f880b8baeec1b9d90fbaad655e71bd',4);
INSERT INTO "decision" VALUES(3,'d:974dd9600f5abc32cdcfcaf3','{"n":2}','363379742f80b51bdb9206579af7754911543079b9399cb3fc315fb199f476e8',4);
INSERT INTO "decision" VALUES(4,'d:a48dec6dbec0be2dfc1d6f0b','{"n":3}','215ddd5567ca2590efd4ea109b4e56cbe591e2676fbf54a9262692c539166da6',5);
CREATE TABLE decision_report (
    report   TEXT NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision (n),
    PRIMARY KEY (report, decision)
) WITHOUT ROWID, STRICT;
INSERT INTO "decision_report" VALUES('r:0bc714d95fe966796e651de3',3);
INSERT INTO "decision_report" VALUES('r:1857978732f680baabe51a4a',1);
INSERT INTO "decision_report" VALUES('r:1857978732f680baabe51a4a',3);
INSERT INTO "decision_report" VALUES('r:1857978732f680baabe51a4a',4);
INSERT INTO "decision_report" VALUES('r:483335ff6e5c65ad585b8ca5',2);
INSERT INTO "decision_report" VALUES('r:483335ff6e5c65ad585b8ca5',4);
CREATE TABLE event (
    id          TEXT PRIMARY KEY,
    type        TEXT NOT NULL,
    level       TEXT NOT NULL,
    first_day   TEXT,
    last_day    TEXT,
    place_id    TEXT,
    place_name  TEXT,
    lat         REAL,
    lon         REAL,
    summary     TEXT NOT NULL,
    reports     INTEGER NOT NULL,
    origins     INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    disputed    INTEGER NOT NULL     -- attributes on which its claims differ
, n INTEGER, radius_m INTEGER, place_precision TEXT, harms TEXT, killed INTEGER, injured INTEGER, languages TEXT, candidates TEXT) WITHOUT ROWID, STRICT;
INSERT INTO "event" VALUES('e:bccabff7e316f9a8f22237a2','explosion.air_strike','incident',NULL,NULL,'x:1','Bahra',35.0,40.0,'قصف',2,2,1,0,2,NULL,'near',NULL,NULL,NULL,'','[]');
INSERT INTO "event" VALUES('e:e285a457e2e75a8695c2f77d','explosion.shelling','incident','2018-05-02','2018-05-02',NULL,NULL,NULL,NULL,'قصف',1,1,1,0,1,NULL,NULL,NULL,NULL,NULL,'','[]');
INSERT INTO "event" VALUES('e:f50f518dd14adce08df077a9','battle.clash','incident','2018-05-04','2018-05-04','x:1','Hajin',35.0,40.0,'قصف',3,3,1,0,0,NULL,'near',NULL,NULL,NULL,'','[]');
CREATE TABLE event_actor (
    event TEXT NOT NULL,
    role  TEXT NOT NULL,
    id    TEXT NOT NULL,             -- '' for an actor that knowledge lacks
    name  TEXT NOT NULL,
    PRIMARY KEY (event, role, id, name)
) WITHOUT ROWID, STRICT;
INSERT INTO "event_actor" VALUES('e:bccabff7e316f9a8f22237a2','initiator','','Blue');
INSERT INTO "event_actor" VALUES('e:bccabff7e316f9a8f22237a2','target','a:red','Red');
INSERT INTO "event_actor" VALUES('e:e285a457e2e75a8695c2f77d','initiator','','Blue');
INSERT INTO "event_actor" VALUES('e:e285a457e2e75a8695c2f77d','target','a:red','Red');
INSERT INTO "event_actor" VALUES('e:f50f518dd14adce08df077a9','initiator','','Blue');
INSERT INTO "event_actor" VALUES('e:f50f518dd14adce08df077a9','target','a:red','Red');
CREATE TABLE event_alias (
    alias TEXT PRIMARY KEY,
    event TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO "event_alias" VALUES('e:070d150d8a3f5f7477d41ea5','e:f50f518dd14adce08df077a9');
INSERT INTO "event_alias" VALUES('e:bccabff7e316f9a8f22237a2','e:bccabff7e316f9a8f22237a2');
INSERT INTO "event_alias" VALUES('e:d79a210dd51d39761d4d8767','e:bccabff7e316f9a8f22237a2');
INSERT INTO "event_alias" VALUES('e:e285a457e2e75a8695c2f77d','e:e285a457e2e75a8695c2f77d');
INSERT INTO "event_alias" VALUES('e:e7e56c48aa3a40b7bad3f895','e:f50f518dd14adce08df077a9');
INSERT INTO "event_alias" VALUES('e:f50f518dd14adce08df077a9','e:f50f518dd14adce08df077a9');
CREATE TABLE event_body (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
INSERT INTO "event_body" VALUES('e:bccabff7e316f9a8f22237a2','{"id":"e:bccabff7e316f9a8f22237a2","type":"explosion.air_strike","level":"incident","part_of":null,"summary":"قصف","time":null,"place":{"id":"x:1","name":"Bahra","lat":35.0,"lon":40.0,"radius_m":null,"precision":"near"},"actors":[{"role":"initiator","id":null,"name":"Blue"},{"role":"target","id":"a:red","name":"Red"}],"casualties":[],"means":[],"reports":2,"origins":2,"support":{"independent":1,"untraced":0},"agreed":[],"disagreements":[],"positions":[],"grade":{"occurrence":"single","contested":[],"airwars":"weak","because":[]},"claims":["c:46453849a1966000a1057d89","c:7589e094ddb44cbab9cb7baa"]}');
INSERT INTO "event_body" VALUES('e:e285a457e2e75a8695c2f77d','{"id":"e:e285a457e2e75a8695c2f77d","type":"explosion.shelling","level":"incident","part_of":null,"summary":"قصف","time":{"start":"2018-05-02","end":"2018-05-02","precision":"day"},"place":null,"actors":[{"role":"initiator","id":null,"name":"Blue"},{"role":"target","id":"a:red","name":"Red"}],"casualties":[],"means":[],"reports":1,"origins":1,"support":{"independent":1,"untraced":0},"agreed":[],"disagreements":[],"positions":[],"grade":{"occurrence":"single","contested":[],"airwars":"weak","because":[]},"claims":["c:f33e239e61aa55363b06e88a"]}');
INSERT INTO "event_body" VALUES('e:f50f518dd14adce08df077a9','{"id":"e:f50f518dd14adce08df077a9","type":"battle.clash","level":"incident","part_of":null,"summary":"قصف","time":{"start":"2018-05-04","end":"2018-05-04","precision":"day"},"place":{"id":"x:1","name":"Hajin","lat":35.0,"lon":40.0,"radius_m":null,"precision":"near"},"actors":[{"role":"initiator","id":null,"name":"Blue"},{"role":"target","id":"a:red","name":"Red"}],"casualties":[],"means":[],"reports":3,"origins":3,"support":{"independent":1,"untraced":0},"agreed":[],"disagreements":[],"positions":[],"grade":{"occurrence":"single","contested":[],"airwars":"weak","because":[]},"claims":["c:1ef782eaa66e1c55d6030f1e","c:974dd9600f5abc32cdcfcaf3","c:a48dec6dbec0be2dfc1d6f0b"]}');
CREATE TABLE intake (
    n             INTEGER PRIMARY KEY,
    digest        TEXT NOT NULL UNIQUE,  -- of all that tells one intake from another
    original      INTEGER NOT NULL REFERENCES original (n),
    path          TEXT NOT NULL,
    given         TEXT,
    captured_at   TEXT,
    captured_by   TEXT NOT NULL,
    container     TEXT,
    record_offset INTEGER,
    sealed_at     TEXT NOT NULL,
    seq           INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "intake" VALUES(1,'b09243b7fa908a5b90f3732681568a906ec228ec0d566c62a65b12ab1ab83243',1,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(10,'89d3a4512a01e23552b797d02f8051ac02b85649dc76d94c48044c54bd139164',10,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(11,'508bca3b1143e877b9709d6a11b00ec2184099fe52ea527eb8366402fb36a599',11,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(12,'b94e198f14766a848fe422328f0e19909a1773143cafecb14930d8458626cb10',12,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(13,'adce68fd96a92f864826763c8d9c643cf4c4ce612f028f3be34be43ef820aa50',4,'again.txt',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',3);
INSERT INTO "intake" VALUES(2,'6007e4d5d8380ccb6a0067b099c05f88097a12ecd04838688d79a2678d84f5ca',2,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(3,'a7b7b0354462364157d1c20db8216c1c37955a8009607e6bd665683b8b93d2bb',3,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(4,'41969e2165e558d27ea2d95e01527123519bac19fc7d2ddb828e4019b43d4c0e',4,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(5,'85229dd9b1147288d2a566e89fc6a1b125c93bf3cf9d8dfa4410d64abc6b0860',5,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(6,'d96d2aadca63dd1059ba2d0fe5641aff807eb2165051e7490bd5eb08559e4026',6,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(7,'840e369ce1867f379ecba8adcec0dfdd8750c81971dd76275f2ff12c2d02d12c',7,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(8,'326bf8954e0e92a879e281b99130dce753d68aa376c01066cd56efaee3df0b61',8,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
INSERT INTO "intake" VALUES(9,'f886dc1ef1872be7501a3112c8b53ab7edf0869d053db273d2cd966e22ea89f9',9,'posts.jsonl',NULL,NULL,'jsonl',NULL,NULL,'2026-01-02T03:04:05Z',2);
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO "meta" VALUES('changes','6');
INSERT INTO "meta" VALUES('collation','fresh');
INSERT INTO "meta" VALUES('collations','1');
INSERT INTO "meta" VALUES('decisions','3');
INSERT INTO "meta" VALUES('knowledge','a');
INSERT INTO "meta" VALUES('program','1');
INSERT INTO "meta" VALUES('sources','0');
CREATE TABLE original (
    n      INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    pack   INTEGER NOT NULL,
    start  INTEGER NOT NULL,    -- of the pack's record, in bytes
    stored INTEGER NOT NULL,    -- length of the record with its head
    length INTEGER NOT NULL,    -- of the bytes as they came
    seq    INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "original" VALUES(1,'1f6c456aee920b160df8186f6edd5c8f2e71b835c10e94f8f542f5c22795ef68',1,0,144,48,2);
INSERT INTO "original" VALUES(10,'61a2001e02f05a66414fe8c41e5ba21aa6fd5ff127d19536e75eee309d40ed86',1,1412,160,144,2);
INSERT INTO "original" VALUES(11,'839c6d171659d93626e7484f4b1ea56efda5f821e014da782e4a5509242cf91f',1,1572,162,196,2);
INSERT INTO "original" VALUES(12,'63a72f7dd671fadc463e18d38cf654aefb28a1656bf3bd85fd37b02d4d1d1af3',1,1734,161,245,2);
INSERT INTO "original" VALUES(2,'d0e8d56aff225404d265984dd01c2555448c11930760b4dea4399156e37a31e2',1,144,160,96,2);
INSERT INTO "original" VALUES(3,'7ae3df63a53e21a7f58fcbd1173885e994bbb046dc72530513069bf7589b7c64',1,304,160,144,2);
INSERT INTO "original" VALUES(4,'55ce14f7d0a9fa8d826c354aaeeac460e83bdba5957d88c88196ddec0a96bd00',1,464,160,192,2);
INSERT INTO "original" VALUES(5,'e3e34f13e8deaed6a4766e703b8c9c0f778ecb885bdb47e32b95b5b209772d29',1,624,160,240,2);
INSERT INTO "original" VALUES(6,'05ecff6fd9ebbfdb8223efac6725fd798336489db260c5076c68a43286ec2b53',1,784,160,288,2);
INSERT INTO "original" VALUES(7,'b515fa35b16128ce1a71c658880afe52645b51956b6771d9196c89f39935eaac',1,944,164,336,2);
INSERT INTO "original" VALUES(8,'b3e599344d90414d35871b1041d825eb0f0ac33a9b86e5bffafde70f5c608e17',1,1108,144,48,2);
INSERT INTO "original" VALUES(9,'3be42bc59ad39eeba9b0ae6061f5d221b7f588f8eb99000858e737f6bc8275eb',1,1252,160,96,2);
CREATE TABLE reading (
    report INTEGER NOT NULL REFERENCES report (n),
    intake INTEGER NOT NULL REFERENCES intake (n),
    key    TEXT NOT NULL,
    PRIMARY KEY (report, intake, key)
) WITHOUT ROWID, STRICT;
INSERT INTO "reading" VALUES(1,1,'post-0');
INSERT INTO "reading" VALUES(10,10,'post-9');
INSERT INTO "reading" VALUES(11,11,'post-10');
INSERT INTO "reading" VALUES(12,12,'post-11');
INSERT INTO "reading" VALUES(2,2,'post-1');
INSERT INTO "reading" VALUES(3,3,'post-2');
INSERT INTO "reading" VALUES(4,13,'');
INSERT INTO "reading" VALUES(4,4,'post-3');
INSERT INTO "reading" VALUES(5,5,'post-4');
INSERT INTO "reading" VALUES(6,6,'post-5');
INSERT INTO "reading" VALUES(7,7,'post-6');
INSERT INTO "reading" VALUES(8,8,'post-7');
INSERT INTO "reading" VALUES(9,9,'post-8');
CREATE TABLE report (
    n    INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;
INSERT INTO "report" VALUES(1,'r:1857978732f680baabe51a4a','{"id":"r:1857978732f680baabe51a4a","url":null,"text_sha256":"1f6c456aee920b160df8186f6edd5c8f2e71b835c10e94f8f542f5c22795ef68","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 0 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(10,'r:90ef536a0e46b2483b289e94','{"id":"r:90ef536a0e46b2483b289e94","url":null,"text_sha256":"61a2001e02f05a66414fe8c41e5ba21aa6fd5ff127d19536e75eee309d40ed86","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 9 قرب الجسر. سقطت قذيفة رقم 9 قرب الجسر. سقطت قذيفة رقم 9 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(11,'r:593b52cb867ae6871729f9f1','{"id":"r:593b52cb867ae6871729f9f1","url":null,"text_sha256":"839c6d171659d93626e7484f4b1ea56efda5f821e014da782e4a5509242cf91f","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 10 قرب الجسر. سقطت قذيفة رقم 10 قرب الجسر. سقطت قذيفة رقم 10 قرب الجسر. سقطت قذيفة رقم 10 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(12,'r:5fe88097a7c24f5ac0bd97c9','{"id":"r:5fe88097a7c24f5ac0bd97c9","url":null,"text_sha256":"63a72f7dd671fadc463e18d38cf654aefb28a1656bf3bd85fd37b02d4d1d1af3","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 11 قرب الجسر. سقطت قذيفة رقم 11 قرب الجسر. سقطت قذيفة رقم 11 قرب الجسر. سقطت قذيفة رقم 11 قرب الجسر. سقطت قذيفة رقم 11 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(2,'r:483335ff6e5c65ad585b8ca5','{"id":"r:483335ff6e5c65ad585b8ca5","url":null,"text_sha256":"d0e8d56aff225404d265984dd01c2555448c11930760b4dea4399156e37a31e2","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 1 قرب الجسر. سقطت قذيفة رقم 1 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(3,'r:0bc714d95fe966796e651de3','{"id":"r:0bc714d95fe966796e651de3","url":null,"text_sha256":"7ae3df63a53e21a7f58fcbd1173885e994bbb046dc72530513069bf7589b7c64","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 2 قرب الجسر. سقطت قذيفة رقم 2 قرب الجسر. سقطت قذيفة رقم 2 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(4,'r:2898fbaec7e3458b37b4b73c','{"id":"r:2898fbaec7e3458b37b4b73c","url":null,"text_sha256":"55ce14f7d0a9fa8d826c354aaeeac460e83bdba5957d88c88196ddec0a96bd00","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 3 قرب الجسر. سقطت قذيفة رقم 3 قرب الجسر. سقطت قذيفة رقم 3 قرب الجسر. سقطت قذيفة رقم 3 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(5,'r:9e81ac8682b7f28dbc604ed4','{"id":"r:9e81ac8682b7f28dbc604ed4","url":null,"text_sha256":"e3e34f13e8deaed6a4766e703b8c9c0f778ecb885bdb47e32b95b5b209772d29","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 4 قرب الجسر. سقطت قذيفة رقم 4 قرب الجسر. سقطت قذيفة رقم 4 قرب الجسر. سقطت قذيفة رقم 4 قرب الجسر. سقطت قذيفة رقم 4 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(6,'r:d207fbb8cb0550dfbaf71813','{"id":"r:d207fbb8cb0550dfbaf71813","url":null,"text_sha256":"05ecff6fd9ebbfdb8223efac6725fd798336489db260c5076c68a43286ec2b53","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 5 قرب الجسر. سقطت قذيفة رقم 5 قرب الجسر. سقطت قذيفة رقم 5 قرب الجسر. سقطت قذيفة رقم 5 قرب الجسر. سقطت قذيفة رقم 5 قرب الجسر. سقطت قذيفة رقم 5 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(7,'r:4d9ab414193c754c7814c4de','{"id":"r:4d9ab414193c754c7814c4de","url":null,"text_sha256":"b515fa35b16128ce1a71c658880afe52645b51956b6771d9196c89f39935eaac","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 6 قرب الجسر. سقطت قذيفة رقم 6 قرب الجسر. سقطت قذيفة رقم 6 قرب الجسر. سقطت قذيفة رقم 6 قرب الجسر. سقطت قذيفة رقم 6 قرب الجسر. سقطت قذيفة رقم 6 قرب الجسر. سقطت قذيفة رقم 6 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(8,'r:3d363883e800b14dd2530154','{"id":"r:3d363883e800b14dd2530154","url":null,"text_sha256":"b3e599344d90414d35871b1041d825eb0f0ac33a9b86e5bffafde70f5c608e17","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 7 قرب الجسر. ","notes":[]}');
INSERT INTO "report" VALUES(9,'r:0b02aa045e55b557d62221d0','{"id":"r:0b02aa045e55b557d62221d0","url":null,"text_sha256":"3be42bc59ad39eeba9b0ae6061f5d221b7f588f8eb99000858e737f6bc8275eb","kind":"post","account":null,"source":{"id":null,"name":null,"kind":"unknown","family":null},"language":"ar","title":null,"byline":null,"published":null,"updated":null,"text":"سقطت قذيفة رقم 8 قرب الجسر. سقطت قذيفة رقم 8 قرب الجسر. ","notes":[]}');
CREATE TABLE report_line (
    report      TEXT PRIMARY KEY,
    source_id   TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    family      TEXT NOT NULL,
    language    TEXT NOT NULL,
    day         TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE report_unsearched (
    n INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE set_aside (
    path   TEXT NOT NULL,
    line   INTEGER NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL, kind TEXT, url TEXT, by_hand TEXT,
    PRIMARY KEY (path, line, reason, sha256)
) WITHOUT ROWID, STRICT;
INSERT INTO "set_aside" VALUES('a.bin',0,'not UTF-8','',NULL,NULL,NULL);
CREATE VIRTUAL TABLE event_words USING fts5 (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
DELETE FROM "event_words_config";
INSERT INTO "event_words_config" VALUES('version',4);
DELETE FROM "event_words_data";
INSERT INTO "event_words_data" VALUES(1,X'');
INSERT INTO "event_words_data" VALUES(10,X'00000000FF000001000000');
DELETE FROM "event_words_docsize";
DELETE FROM "event_words_idx";
CREATE VIRTUAL TABLE report_words USING fts5 (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
DELETE FROM "report_words_config";
INSERT INTO "report_words_config" VALUES('version',4);
DELETE FROM "report_words_data";
INSERT INTO "report_words_data" VALUES(1,X'0C820200');
INSERT INTO "report_words_data" VALUES(10,X'00000000FF0000010101010001010101010100000C');
INSERT INTO "report_words_data" VALUES(137438953473,X'000001E7023030010205010131020405080201300B08050808080201310C0A05080808080101320306050808010133040805080808010134050A0508080808010135060C050808080808010136070E05080808080808010137080205010138090405080101390A06050808010AD8A7D984D8ACD8B3D8B1010207010407080106070808010807080808010A0708080808010C070808080808010E07080808080808010207010407080106070808010807080808010A07080808080205B1D982D985010204010404080106040808010804080808010A0408080808010C040808080808010E04080808080808010204010404080106040808010804080808010A04080808080207B3D982D8B7D8AA010202010402080106020808010802080808010A0208080808010C020808080808010E02080808080808010202010402080106020808010802080808010A0208080808010AD982D8B0D98AD981D8A9010203010403080106030808010803080808010A0308080808010C030808080808010E03080808080808010203010403080106030808010803080808010A03080808080403B1D8A8010206010406080106060808010806080808010A0608080808010C060808080808010E06080808080808010206010406080106060808010806080808010A0608080808040607090A08090A0B0C0607084F4A4C4F');
DELETE FROM "report_words_docsize";
INSERT INTO "report_words_docsize" VALUES(1,X'0600',1);
INSERT INTO "report_words_docsize" VALUES(10,X'1200',1);
INSERT INTO "report_words_docsize" VALUES(11,X'1800',1);
INSERT INTO "report_words_docsize" VALUES(12,X'1E00',1);
INSERT INTO "report_words_docsize" VALUES(2,X'0C00',1);
INSERT INTO "report_words_docsize" VALUES(3,X'1200',1);
INSERT INTO "report_words_docsize" VALUES(4,X'1800',1);
INSERT INTO "report_words_docsize" VALUES(5,X'1E00',1);
INSERT INTO "report_words_docsize" VALUES(6,X'2400',1);
INSERT INTO "report_words_docsize" VALUES(7,X'2A00',1);
INSERT INTO "report_words_docsize" VALUES(8,X'0600',1);
INSERT INTO "report_words_docsize" VALUES(9,X'0C00',1);
DELETE FROM "report_words_idx";
INSERT INTO "report_words_idx" VALUES(1,X'',2);
CREATE INDEX claim_confidence ON claim (confidence, id) WHERE event IS NOT NULL AND settled = 0;
CREATE INDEX claim_event ON claim (event) WHERE event IS NOT NULL;
CREATE INDEX claim_report ON claim (report);
CREATE TRIGGER decision_is_kept BEFORE UPDATE ON decision
WHEN new.body IS NOT NULL OR new.id IS NOT old.id OR new.sha256 IS NOT old.sha256 OR new.seq IS NOT old.seq OR new.n IS NOT old.n
BEGIN
    SELECT raise(ABORT, 'a decision is never changed');
END;
CREATE INDEX decision_seq ON decision (seq);
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN
    SELECT raise(ABORT, 'a decision is never taken out');
END;
CREATE INDEX event_actor_id ON event_actor (id);
CREATE INDEX event_day ON event (first_day, id);
CREATE INDEX intake_original ON intake (original);
CREATE INDEX intake_path ON intake (path);
CREATE INDEX intake_seq ON intake (seq);
CREATE INDEX original_place ON original (pack, start);
CREATE INDEX original_seq ON original (seq);
CREATE INDEX reading_intake ON reading (intake);
CREATE INDEX reading_key ON reading (key) WHERE key <> '';
CREATE INDEX report_line_day ON report_line (day, report, language, source_id, source_name);
COMMIT;
