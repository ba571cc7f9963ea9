//! What people really copy, handed to the program as its own process: the token that is taken and what is said of it, or the refusal and its exit status.
//!
//! In a text `«A»` stands for alice's token, `«B»` for bob's, `«A/76»` for alice's wrapped at 76 columns and so on; each is told by its payload.
use jwtsess::internals::core::algorithm::Algorithm;
use jwtsess::internals::core::key::Key;
use jwtsess::internals::core::secret::Secret;
use jwtsess::internals::core::sign::compact;

use crate::process::{Run, RunResult, SECRET};

const ALICE: &str = r#"{"sub":"alice","iat":1799999000,"exp":1800003600}"#;
const BOB: &str = r#"{"sub":"bob","iat":1799999000,"exp":1800003600}"#;

fn token(payload: &str) -> String {
    let key = Key::from_secret(Secret::new(SECRET.as_bytes().to_vec())).unwrap();
    let header = br#"{"alg":"HS256","typ":"JWT"}"#;
    compact(header, payload.as_bytes(), &key, Algorithm::Hs256).unwrap()
}

fn text(template: &str) -> String {
    let (alice, bob) = (token(ALICE), token(BOB));
    let wrapped = |width: usize, with: &str| {
        let lines = alice.as_bytes().chunks(width);
        let lines: Vec<_> = lines
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        lines.join(with)
    };
    template
        .replace("«A»", &alice)
        .replace("«B»", &bob)
        .replace("«A/64»", &wrapped(64, "\n"))
        .replace("«A/76 CRLF»", &wrapped(76, "\r\n"))
        .replace("«A/60 >»", &wrapped(60, "\n> "))
        .replace("«A/72 =»", &wrapped(72, "=\n"))
}

/// What comes of a paste.
enum PasteResult {
    /// The token with this payload, and these words on stderr; none where nothing has to be said.
    Taken(&'static str, &'static str),
    /// A refusal: its exit status, and what it says.
    Refused(i32, &'static str),
}
use PasteResult::{Refused, Taken};

struct Case {
    name: &'static str,
    paste: &'static str,
    /// Behind `decode --part payload`.
    flags: &'static [&'static str],
    comes: PasteResult,
}

const fn case(name: &'static str, paste: &'static str, comes: PasteResult) -> Case {
    Case {
        name,
        paste,
        flags: &[],
        comes,
    }
}

/// HTTP as tools print it.
const HTTP: &[Case] = &[
    case(
        "curl -i, simplejwt's login",
        "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 03:45:00 GMT\r\nServer: WSGIServer/0.2 CPython/3.12.3\r\nContent-Type: application/json\r\nAllow: POST, OPTIONS\r\n\r\n{\"refresh\":\"«B»\",\"access\":\"«A»\"}",
        Taken(ALICE, "the token was taken from access of the body"),
    ),
    case(
        "curl -i over HTTP/2, the header names in small letters",
        "HTTP/2 200 \r\ndate: Tue, 24 Nov 2026 03:45:00 GMT\r\ncontent-type: application/json; charset=utf-8\r\nset-cookie: __cf_bm=abc.def.ghi; path=/; HttpOnly\r\nserver: cloudflare\r\n\r\n{\"access_token\":\"«A»\",\"expires_in\":86400,\"token_type\":\"Bearer\"}\r\n",
        Taken(ALICE, "access_token of the body"),
    ),
    case(
        "curl -i, a cookie and no body",
        "HTTP/1.1 204 No Content\r\nSet-Cookie: sessionid=x1y2; HttpOnly\r\nSet-Cookie: jwt-access=«A»; expires=Tue, 24 Nov 2026 03:50:00 GMT; HttpOnly; Max-Age=300; Path=/; SameSite=Lax\r\n\r\n",
        Taken(ALICE, "jwt-access of the header Set-Cookie"),
    ),
    case(
        "curl -i, the middleware's header beside a body of its own",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nRefresh-Token: «A»\r\n\r\n{\"count\":3,\"results\":[1,2,3]}",
        Taken(ALICE, "the header Refresh-Token"),
    ),
    case(
        "curl -iL, a redirect before the answer",
        "HTTP/1.1 302 Found\r\nLocation: /login\r\nSet-Cookie: next=«B»\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"token\":\"«A»\"}",
        Taken(ALICE, "token of the body"),
    ),
    case(
        "curl -v",
        "*   Trying 127.0.0.1:8000...\n* Connected to 127.0.0.1 (127.0.0.1) port 8000\n> POST /api/token/ HTTP/1.1\n> Host: 127.0.0.1:8000\n> User-Agent: curl/8.5.0\n> Accept: */*\n> Content-Type: application/json\n> Content-Length: 40\n> \n* upload completely sent off: 40 bytes\n< HTTP/1.1 200 OK\n< Content-Type: application/json\n< \n* Connection #0 to host 127.0.0.1 left intact\n{\"refresh\":\"«B»\",\"access\":\"«A»\"}",
        Taken(ALICE, "access of the body"),
    ),
    case(
        "curl -v over HTTP/2, refused: the token that was sent",
        "* using HTTP/2\n* [HTTP/2] [1] OPENED stream for https://api.example.com/me\n* [HTTP/2] [1] [:method: GET]\n* [HTTP/2] [1] [authorization: Bearer «A»]\n> GET /me HTTP/2\r\n> Host: api.example.com\r\n> User-Agent: curl/8.5.0\r\n> Authorization: Bearer «A»\r\n> \r\n< HTTP/2 401 \r\n< content-type: application/json\r\n< www-authenticate: Bearer realm=\"api\"\r\n< \r\n{\"detail\":\"Given token not valid for any token type\",\"code\":\"token_not_valid\"}",
        Taken(ALICE, "the header Authorization"),
    ),
    case(
        "httpie",
        "HTTP/1.1 201 Created\nAllow: POST, OPTIONS\nContent-Type: application/json\n\n{\n    \"pk\": 1799999000,\n    \"token\": \"«A»\"\n}\n\n",
        Taken(ALICE, "token of the body"),
    ),
    case(
        "a request of a .http file",
        "### who am I\n# @name me\nGET https://api.example.com/me HTTP/1.1\nAccept: application/json\nAuthorization: Bearer «A»\n\n###\n",
        Taken(ALICE, "Authorization of the given text"),
    ),
    case(
        "an Authorization line",
        "Authorization: Bearer «A»\n",
        Taken(ALICE, "Authorization"),
    ),
    case(
        "drf-jwt's prefix",
        "Authorization: JWT «A»",
        Taken(ALICE, "Authorization"),
    ),
    case(
        "a browser's cookie header",
        "Cookie: csrftoken=Zk3vX0; _ga=GA1.2.1122.3344; access_token=«A»; theme=dark",
        Taken(ALICE, "access_token of"),
    ),
    case(
        "a browser's cookie pair, both tokens",
        "access=«A»; refresh=«B»",
        Taken(ALICE, "access of"),
    ),
    case(
        "the network panel's request headers",
        ":authority: api.example.com\n:method: GET\n:path: /me\nAccept: application/json\nAccept-Encoding: gzip, deflate, br, zstd\nAuthorization: Bearer «A»\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)",
        Taken(ALICE, "Authorization of"),
    ),
];

/// Commands and code that have a token in them.
const CODE: &[Case] = &[
    case(
        "a browser's copy as cURL (bash)",
        "curl 'https://api.example.com/me' \\\n  -H 'accept: application/json, text/plain, */*' \\\n  -H 'accept-language: en-GB,en;q=0.9' \\\n  -H 'authorization: Bearer «A»' \\\n  -H 'sec-ch-ua: \"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\"' \\\n  -b 'theme=dark' \\\n  --compressed",
        Taken(ALICE, "authorization of the given text"),
    ),
    case(
        "a browser's copy as cURL (cmd)",
        "curl ^\"https://api.example.com/me^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  -H ^\"authorization: Bearer «A»^\" ^\r\n  --compressed",
        Taken(ALICE, "authorization of"),
    ),
    case(
        "a browser's copy as fetch",
        "fetch(\"https://api.example.com/me\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \"authorization\": \"Bearer «A»\"\n  },\n  \"body\": null,\n  \"method\": \"GET\"\n});",
        Taken(ALICE, "authorization of"),
    ),
    case(
        "a browser's copy as PowerShell",
        "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\nInvoke-WebRequest -UseBasicParsing -Uri \"https://api.example.com/me\" `\n-Headers @{\n\"authority\"=\"api.example.com\"\n  \"authorization\"=\"Bearer «A»\"\n}",
        Taken(ALICE, "authorization of"),
    ),
    case(
        "curl -H \"Authorization\" in double quotes",
        "curl -sS -H \"Authorization: Bearer «A»\" http://127.0.0.1:8000/api/me/",
        Taken(ALICE, "Authorization of"),
    ),
    case(
        "a line of an env file",
        "API_TOKEN=«A»\n",
        Taken(ALICE, "the token was taken from API_TOKEN"),
    ),
    case(
        "an env file",
        "# staging\nDEBUG=1\nDATABASE_URL=postgres://u:p@db:5432/app\nAPI_TOKEN=\"«A»\"\n",
        Taken(ALICE, "API_TOKEN of"),
    ),
    case("export", "export TOKEN='«A»'", Taken(ALICE, "TOKEN")),
    case("cmd's set", "set TOKEN=«A»\r\n", Taken(ALICE, "TOKEN")),
    case(
        "PowerShell's variable",
        "$env:TOKEN = \"«A»\"",
        Taken(ALICE, "TOKEN"),
    ),
    case(
        "YAML",
        "auth:\n  type: bearer\n  token: «A»\n",
        Taken(ALICE, "token of"),
    ),
    case(
        "a Compose file",
        "services:\n  app:\n    environment:\n      - DEBUG=0\n      - API_TOKEN=«A»\n",
        Taken(ALICE, "API_TOKEN of"),
    ),
    case(
        "a Dockerfile",
        "FROM python:3.12\nENV API_TOKEN=«A»\n",
        Taken(ALICE, "API_TOKEN of"),
    ),
    case(
        "Python's repr of an answer",
        "{'refresh': '«B»', 'access': '«A»'}",
        Taken(ALICE, "access of"),
    ),
    case(
        "Go's print of a header",
        "map[Accept-Encoding:[gzip] Authorization:[Bearer «A»] User-Agent:[Go-http-client/1.1]]",
        Taken(ALICE, "the given text"),
    ),
    case(
        "Ruby's hash",
        "{\"token_type\"=>\"Bearer\", \"access_token\"=>\"«A»\"}",
        Taken(ALICE, "access_token of"),
    ),
    case(
        "JavaScript",
        "const accessToken = `«A»`;",
        Taken(ALICE, "accessToken"),
    ),
];

/// JSON answers as products give them.
const JSON: &[Case] = &[
    case(
        "simplejwt",
        r#"{"refresh":"«B»","access":"«A»"}"#,
        Taken(ALICE, "access of the given JSON"),
    ),
    case(
        "drf-jwt",
        r#"{"pk":1799999000,"token":"«A»"}"#,
        Taken(ALICE, "token of the given JSON"),
    ),
    case(
        "Auth0",
        r#"{"access_token":"«A»","id_token":"«B»","scope":"openid profile email","expires_in":86400,"token_type":"Bearer"}"#,
        Taken(ALICE, "access_token of the given JSON"),
    ),
    case(
        "Keycloak",
        r#"{"access_token":"«A»","expires_in":300,"refresh_expires_in":1800,"refresh_token":"«B»","token_type":"Bearer","not-before-policy":0,"session_state":"5b1c0b8e-0d4a-4d6e-9b6a-2f4a6f2f7c11","scope":"email profile"}"#,
        Taken(ALICE, "access_token of the given JSON"),
    ),
    case(
        "Microsoft Entra ID",
        r#"{"token_type":"Bearer","scope":"User.Read","expires_in":3599,"ext_expires_in":3599,"access_token":"«A»","refresh_token":"0.AXkAopaque","id_token":"«B»"}"#,
        Taken(ALICE, "access_token of the given JSON"),
    ),
    case(
        "Firebase",
        r#"{"kind":"identitytoolkit#VerifyPasswordResponse","localId":"tRcfmLH7o2XrNELi","email":"a@example.com","displayName":"","idToken":"«A»","registered":true,"refreshToken":"AMf-vBzOpaque","expiresIn":"3600"}"#,
        Taken(ALICE, "idToken of the given JSON"),
    ),
    case(
        "Cognito",
        "{\n    \"ChallengeParameters\": {},\n    \"AuthenticationResult\": {\n        \"AccessToken\": \"«A»\",\n        \"ExpiresIn\": 3600,\n        \"TokenType\": \"Bearer\",\n        \"RefreshToken\": \"eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.a.b.c.d\",\n        \"IdToken\": \"«B»\"\n    }\n}",
        Taken(ALICE, "AuthenticationResult.AccessToken of the given JSON"),
    ),
    case(
        "Supabase",
        r#"{"access_token":"«A»","token_type":"bearer","expires_in":3600,"expires_at":1800003600,"refresh_token":"v1Mopaque","user":{"id":"1f","aud":"authenticated","app_metadata":{"provider":"email"}}}"#,
        Taken(ALICE, "access_token of the given JSON"),
    ),
    case(
        "GraphQL",
        r#"{"data":{"tokenAuth":{"token":"«A»","payload":{"username":"alice","exp":1800003600},"refreshExpiresIn":1800604800}}}"#,
        Taken(ALICE, "data.tokenAuth.token of the given JSON"),
    ),
    case(
        "an archive of requests (HAR)",
        r#"{"request":{"method":"GET","headers":[{"name":"accept","value":"*/*"},{"name":"authorization","value":"Bearer «A»"}]}}"#,
        Taken(ALICE, "request.headers.value of the given JSON"),
    ),
    case(
        "JSON within JSON, as local storage has it",
        r#"{"auth":"{\"accessToken\":\"«A»\",\"user\":{\"id\":7}}"}"#,
        Taken(ALICE, "of the given JSON"),
    ),
    case(
        "what jwtsess itself says with --json",
        r#"{"schema":1,"command":"issue","ok":true,"verdict":"valid","now":1800000000,"access":"«A»","refresh":"«B»"}"#,
        Taken(ALICE, "access of the given JSON"),
    ),
    case(
        "JSON with a byte order mark",
        "\u{feff}{\"token\":\"«A»\"}\r\n",
        Taken(ALICE, "token of the given JSON"),
    ),
];

/// Text that passed through people and their programs.
const PROSE: &[Case] = &[
    case("the token alone", "«A»", Taken(ALICE, "")),
    case("with a line break", "«A»\r\n", Taken(ALICE, "")),
    case(
        "in a terminal's wrapped lines",
        "«A/64»",
        Taken(ALICE, "line breaks inside the token were taken out"),
    ),
    case(
        "in a mail's wrapped lines",
        "Hi Bob,\r\n\r\nthis is the one:\r\n\r\n«A/76 CRLF»\r\n\r\nRegards,\r\nAlice\r\n",
        Taken(ALICE, "line breaks inside the token were taken out"),
    ),
    case(
        "quoted in an answer",
        "> «A/60 >»\n",
        Taken(ALICE, "mail quoting was taken off"),
    ),
    case(
        "quoted-printable, as a mail's source has it",
        "Content-Transfer-Encoding: quoted-printable\n\nThe token is=20\n«A/72 =»\n",
        Taken(ALICE, "quoted-printable"),
    ),
    case(
        "in a chat, in backticks",
        "try `«A»` please",
        Taken(ALICE, "the given text"),
    ),
    case(
        "in a fenced block",
        "```\nBearer «A»\n```",
        Taken(ALICE, "the given text"),
    ),
    case(
        "a log line",
        "2026-11-24T03:45:00.123Z WARN  auth.middleware  refused token=«A» path=/api/me status=401",
        Taken(ALICE, "token of the given text"),
    ),
    case(
        "a log line of JSON",
        r#"app-1  | {"level":"warn","ts":1799999999.1,"msg":"refused","token":"«A»","status":401}"#,
        Taken(ALICE, "token of the given text"),
    ),
    case(
        "an access log",
        "10.0.0.7 - - [24/Nov/2026:03:45:00 +0000] \"GET /ws?token=«A» HTTP/1.1\" 101 0",
        Taken(ALICE, "token of the given text"),
    ),
    case(
        "the address bar after a login",
        "https://app.example.com/callback#access_token=«A»&token_type=Bearer&expires_in=3600&state=xyz",
        Taken(ALICE, "access_token of the given text"),
    ),
    case(
        "a debugger's address",
        "https://jwt.io/#debugger-io?token=«A»",
        Taken(ALICE, "token of the given text"),
    ),
    case(
        "a web page with a token in its script",
        "<!doctype html>\n<html><head><script>window.TOKEN = \"«A»\";</script></head><body>hi</body></html>",
        Taken(ALICE, "the given text"),
    ),
];

/// Several tokens, and none.
const SEVERAL_AND_NONE: &[Case] = &[
    case(
        "two without names",
        "«A»\n«B»\n",
        Refused(2, "the given text contains several tokens: 1, 2"),
    ),
    case(
        "two names that say nothing",
        "left=«A»\nright=«B»\n",
        Refused(2, "the given text contains several tokens: left, right"),
    ),
    Case {
        flags: &["--field", "2"],
        ..case("the second of two", "«A»\n«B»\n", Taken(BOB, ""))
    },
    Case {
        flags: &["--field", "right"],
        ..case(
            "one by its name",
            "left=«A»\nright=«B»\n",
            Taken(BOB, "right of"),
        )
    },
    Case {
        flags: &["--field", "refresh"],
        ..case(
            "the other of a pair",
            r#"{"refresh":"«B»","access":"«A»"}"#,
            Taken(BOB, "refresh of the given JSON"),
        )
    },
    Case {
        flags: &["--field", "acess"],
        ..case(
            "a name that none has",
            r#"{"refresh":"«B»","access":"«A»"}"#,
            Refused(
                2,
                "it has: refresh, access jwtsess: hint: did you mean --field access?",
            ),
        )
    },
    case(
        "nothing",
        "",
        Refused(2, "standard input is empty: is the variable set?"),
    ),
    case("white space", " \r\n\t\n", Refused(2, "is empty")),
    case(
        "simplejwt's refusal",
        r#"{"detail":"Token is expired","code":"token_not_valid"}"#,
        Refused(
            3,
            "this is a server's refusal, not a token: Token is expired",
        ),
    ),
    case(
        "drf-jwt's refusal",
        r#"{"non_field_errors":["Signature has expired."]}"#,
        Refused(3, "a server's refusal, not a token: Signature has expired."),
    ),
    case(
        "OAuth's refusal",
        r#"{"error":"invalid_grant","error_description":"Token is not active"}"#,
        Refused(3, "a server's refusal, not a token: Token is not active"),
    ),
    case(
        "a refusal by curl -i",
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"api\"\r\nContent-Type: application/json\r\n\r\n{\"detail\":\"No active account found with the given credentials\"}",
        Refused(3, "HTTP 401: No active account found"),
    ),
    case(
        "a server's error page",
        "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\n\r\n<!doctype html><html><head><title>Server Error (500)</title></head></html>",
        Refused(3, "HTTP 500"),
    ),
    case(
        "a web page",
        "<!doctype html>\n<html><head><title>Log in</title></head><body><form></form></body></html>\n",
        Refused(3, "a web page"),
    ),
    case("a word", "alice", Refused(3, "but a token has three")),
    case(
        "prose",
        "please renew my session",
        Refused(3, "contains no token"),
    ),
    case("an empty object", "{}", Refused(3, "contains no token")),
    case(
        "a token cut short by an ellipsis",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIi…",
        Refused(3, "this token was shortened for display"),
    ),
    case(
        "a session cookie that is none of ours",
        "sessionid=8bq3kz0h1n7gq1x5",
        Refused(3, "one part: an opaque token, not a JWT"),
    ),
    case(
        "a private key",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n",
        Refused(3, "a key"),
    ),
];

fn decode(case: &Case) -> RunResult {
    let args = ["decode", "--part", "payload"].iter().chain(case.flags);
    Run::new(args).stdin(text(case.paste)).run()
}

#[test]
fn the_token_of_what_people_copy_is_found_and_said_or_refused_with_the_reason() {
    let tables = [HTTP, CODE, JSON, PROSE, SEVERAL_AND_NONE];
    let all: Vec<&Case> = tables.into_iter().flatten().collect();
    assert!(all.len() >= 40);
    let mut wrong = Vec::new();
    for case in all {
        let ran = decode(case);
        let said = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        let right = match &case.comes {
            Taken(payload, says) => {
                let silent = says.is_empty() && !case.flags.is_empty() || said.contains(says);
                let quiet = !says.is_empty()
                    || !case.flags.is_empty()
                    || said == "jwtsess: nothing was checked, neither the signature nor the times";
                ran.status == 0 && ran.stdout == *payload && silent && quiet
            }
            Refused(status, says) => ran.status == *status && said.contains(says),
        };
        if !right {
            wrong.push(format!(
                "{}: {}\n{}\n{}",
                case.name, ran.status, ran.stdout, ran.stderr
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n\n{}",
        wrong.len(),
        wrong.join("\n---\n")
    );
}

#[test]
fn a_header_line_without_quotes_is_told_to_have_some() {
    let token = token(ALICE);
    for words in [
        &["inspect", "Authorization:", "Bearer", &token][..],
        &["verify", "Bearer", &token],
        &["renew", "JWT", &token],
        &["decode", "Cookie:", "a=1;", &token],
    ] {
        let ran = Run::new(words).run();
        assert_eq!(ran.status, 2, "{words:?}: {}", ran.stderr);
        let hint = format!("put the whole text in quotes, as in jwtsess {} '", words[0]);
        assert!(ran.stderr.contains(&hint), "{words:?}: {}", ran.stderr);
        assert!(!ran.stderr.contains(&token), "{words:?}: {}", ran.stderr);
    }
}
