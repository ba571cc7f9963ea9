
use builtin;
use str;

set edit:completion:arg-completer[jwtsess] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'jwtsess'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'jwtsess'= {
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand issue 'Log a user in by hand: print a token, or an access and refresh pair'
            cand inspect 'Explain a token: what it says, how long it lives, whether it holds, what to do'
            cand renew 'Prolong a session: print a fresh token made from one that still holds'
            cand refresh 'Prolong a session: print a fresh token made from one that still holds'
            cand verify 'Check a token: the exit status says yes or no'
            cand decode 'Show a token''s parts as they are; nothing is checked'
            cand encode 'Sign claims of your own'
            cand profile 'See the session models: which there are, and every value of one'
            cand key 'Make keys, describe them, publish their public parts, change their form, roll them over'
            cand completions 'Print a script that completes jwtsess''s words in your shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'jwtsess;issue'= {
            cand -u 'The user to log in (the claim sub)'
            cand --user 'The user to log in (the claim sub)'
            cand -o 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --output 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --ttl 'How long the token lives: 90s, 15m, 1h30m, 7d'
            cand --refresh-ttl 'How long the refresh token lives'
            cand --session-max 'How long the session can be prolonged, from now'
            cand --exp 'When the token ends (exp)'
            cand --nbf 'When the token begins to hold (nbf)'
            cand --iss 'Who issues it (iss)'
            cand --aud 'Whom it is for (aud) [may repeat]'
            cand --jti 'Its id (jti), in place of a fresh one'
            cand --scope 'What it allows (scope)'
            cand -c 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]'
            cand --claim 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]'
            cand --claims 'Claims as a JSON object, typed, in a file or - for standard input; --claim comes after'
            cand --header 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]'
            cand --typ 'The type that the header names (typ)'
            cand --kid 'Sign with the key of this id, or write it into the header'
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;inspect'= {
            cand --token-env 'Take the token from this environment variable'
            cand --field 'Of several tokens in what is given, take the one of this name'
            cand --max-token-size 'The largest token to read, in bytes [default: 4m]'
            cand --leeway 'How far clocks may differ, at most a day [default: 0]'
            cand --max-age 'Refuse a token that was issued longer ago than this'
            cand --iss 'The issuer it has to be from (iss) [may repeat: any of them]'
            cand --aud 'The audience it has to be for (aud) [may repeat: any of them]'
            cand --sub 'The user it has to be about (sub)'
            cand --typ 'The type that its header has to name (typ)'
            cand --require 'A claim that it has to have [may repeat]'
            cand --claim 'A claim with the value it has to have; NAME:=JSON for a number … [may repeat]'
            cand --min-ttl 'Refuse a token that ends sooner than this'
            cand --kind 'What the token has to be for: access (using a service), refresh (getting the next) or any'
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-no-exp 'Accept a token that never expires'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;renew'= {
            cand --token-env 'Take the token from this environment variable'
            cand --field 'Of several tokens in what is given, take the one of this name'
            cand --max-token-size 'The largest token to read, in bytes [default: 4m]'
            cand -o 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --output 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --within 'Renew only if no more than this is left; else print the same token'
            cand --ttl 'How long the fresh token lives [default: as long as the one presented did]'
            cand --session-max 'How long the session can be prolonged, from its login'
            cand --leeway 'How far clocks may differ, at most a day [default: 0]'
            cand --max-age 'Refuse a token that was issued longer ago than this'
            cand --iss 'The issuer it has to be from (iss) [may repeat: any of them]'
            cand --aud 'The audience it has to be for (aud) [may repeat: any of them]'
            cand --sub 'The user it has to be about (sub)'
            cand --typ 'The type that its header has to name (typ)'
            cand --require 'A claim that it has to have [may repeat]'
            cand --claim 'A claim with the value it has to have; NAME:=JSON for a number … [may repeat]'
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-no-exp 'Accept a token that never expires'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;refresh'= {
            cand --token-env 'Take the token from this environment variable'
            cand --field 'Of several tokens in what is given, take the one of this name'
            cand --max-token-size 'The largest token to read, in bytes [default: 4m]'
            cand -o 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --output 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --within 'Renew only if no more than this is left; else print the same token'
            cand --ttl 'How long the fresh token lives [default: as long as the one presented did]'
            cand --session-max 'How long the session can be prolonged, from its login'
            cand --leeway 'How far clocks may differ, at most a day [default: 0]'
            cand --max-age 'Refuse a token that was issued longer ago than this'
            cand --iss 'The issuer it has to be from (iss) [may repeat: any of them]'
            cand --aud 'The audience it has to be for (aud) [may repeat: any of them]'
            cand --sub 'The user it has to be about (sub)'
            cand --typ 'The type that its header has to name (typ)'
            cand --require 'A claim that it has to have [may repeat]'
            cand --claim 'A claim with the value it has to have; NAME:=JSON for a number … [may repeat]'
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-no-exp 'Accept a token that never expires'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;verify'= {
            cand --token-env 'Take the token from this environment variable'
            cand --field 'Of several tokens in what is given, take the one of this name'
            cand --max-token-size 'The largest token to read, in bytes [default: 4m]'
            cand --leeway 'How far clocks may differ, at most a day [default: 0]'
            cand --max-age 'Refuse a token that was issued longer ago than this'
            cand --iss 'The issuer it has to be from (iss) [may repeat: any of them]'
            cand --aud 'The audience it has to be for (aud) [may repeat: any of them]'
            cand --sub 'The user it has to be about (sub)'
            cand --typ 'The type that its header has to name (typ)'
            cand --require 'A claim that it has to have [may repeat]'
            cand --claim 'A claim with the value it has to have; NAME:=JSON for a number … [may repeat]'
            cand --min-ttl 'Refuse a token that ends sooner than this'
            cand --kind 'What the token has to be for: access (using a service), refresh (getting the next) or any'
            cand --as 'Print what the profile''s Django server would answer, the token sent to this view of it: view (any that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist'
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-no-exp 'Accept a token that never expires'
            cand --jws 'Check header and signature alone; the payload may be anything'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;decode'= {
            cand --token-env 'Take the token from this environment variable'
            cand --field 'Of several tokens in what is given, take the one of this name'
            cand --max-token-size 'The largest token to read, in bytes [default: 4m]'
            cand --part 'Print one part alone, byte for byte: header, payload or signature'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;encode'= {
            cand -o 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand --output 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header'
            cand -c 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]'
            cand --claim 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]'
            cand --ttl 'How long the token lives: sets exp to that long from now'
            cand --exp 'When the token ends (exp)'
            cand --nbf 'When the token begins to hold (nbf)'
            cand --header 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]'
            cand --typ 'The type that the header names (typ) [default: JWT]'
            cand --kid 'Sign with the key of this id, or write it into the header'
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;profile'= {
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List every profile, built in and of your own, a line each'
            cand show 'Show every value of a profile, and where each is from'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'jwtsess;profile;list'= {
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'jwtsess;profile;show'= {
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;profile;help'= {
            cand list 'List every profile, built in and of your own, a line each'
            cand show 'Show every value of a profile, and where each is from'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'jwtsess;profile;help;list'= {
        }
        &'jwtsess;profile;help;show'= {
        }
        &'jwtsess;profile;help;help'= {
        }
        &'jwtsess;key'= {
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help'
            cand --help 'Print help'
            cand generate 'Make a key: a pair of a private and a public key, or a secret'
            cand show 'Describe a key: what it is, what it may do, how strong it is'
            cand jwks 'Print the public parts of keys as a JWKS, for those who check your tokens'
            cand convert 'Write a key in another form: JWK, JWKS, PEM or DER'
            cand rotate 'Roll a private JWKS over: a new key signs, the one before checks for a while longer'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'jwtsess;key;generate'= {
            cand --alg 'What it is to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512 or EdDSA [default: ES256]'
            cand --bits 'Its length: RSA 2048, 3072 or 4096; a secret 256 to 1024 [default: RSA 2048; a secret as long as its hash]'
            cand --kid 'Its name in tokens and key sets [default: its RFC 7638 thumbprint]'
            cand --format 'How it is written: jwk, jwks, pem, der or raw (a secret''s bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]'
            cand --out 'The file it goes to, for you alone (mode 0600); - or left out: standard output'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --force 'Replace a file that is there already'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;key;show'= {
            cand --secret 'The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked'
            cand --key 'A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --alg 'Use these algorithms alone of those that the key serves [may repeat]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --allow-weak-key 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
            cand --no-dev-key 'Never use or make the development key'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;key;jwks'= {
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;key;convert'= {
            cand --kid 'Take this key of a set; a single key without a kid is given it'
            cand --format 'How it is written: jwk, jwks, pem, der or raw (a secret''s bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]'
            cand --out 'The file it goes to, for you alone (mode 0600); - or left out: standard output'
            cand --key-passphrase 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --public 'The public part alone'
            cand --force 'Replace a file that is there already'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;key;rotate'= {
            cand --overlap 'How long the retired key still checks signatures [default: the longest lifetime of the profile''s tokens]'
            cand --retire 'The key to retire, where several sign'
            cand --kid 'The name of the new key [default: its RFC 7638 thumbprint]'
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --prune 'Also drop retired keys whose time is over'
            cand --dry-run 'Say what would be done, and do nothing'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'jwtsess;key;help'= {
            cand generate 'Make a key: a pair of a private and a public key, or a secret'
            cand show 'Describe a key: what it is, what it may do, how strong it is'
            cand jwks 'Print the public parts of keys as a JWKS, for those who check your tokens'
            cand convert 'Write a key in another form: JWK, JWKS, PEM or DER'
            cand rotate 'Roll a private JWKS over: a new key signs, the one before checks for a while longer'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'jwtsess;key;help;generate'= {
        }
        &'jwtsess;key;help;show'= {
        }
        &'jwtsess;key;help;jwks'= {
        }
        &'jwtsess;key;help;convert'= {
        }
        &'jwtsess;key;help;rotate'= {
        }
        &'jwtsess;key;help;help'= {
        }
        &'jwtsess;completions'= {
            cand --profile 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s'
            cand --config 'The config file with profiles of your own'
            cand --set 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]'
            cand --now 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d'
            cand --color 'When to use colours: auto, always or never'
            cand --json 'Answer with one JSON object on standard output, also when refusing'
            cand --no-input 'Never ask anything; what is missing is an error'
            cand -q 'Say less on standard error'
            cand --quiet 'Say less on standard error'
            cand -v 'Say more on standard error'
            cand --verbose 'Say more on standard error'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'jwtsess;help'= {
            cand issue 'Log a user in by hand: print a token, or an access and refresh pair'
            cand inspect 'Explain a token: what it says, how long it lives, whether it holds, what to do'
            cand renew 'Prolong a session: print a fresh token made from one that still holds'
            cand verify 'Check a token: the exit status says yes or no'
            cand decode 'Show a token''s parts as they are; nothing is checked'
            cand encode 'Sign claims of your own'
            cand profile 'See the session models: which there are, and every value of one'
            cand key 'Make keys, describe them, publish their public parts, change their form, roll them over'
            cand completions 'Print a script that completes jwtsess''s words in your shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'jwtsess;help;issue'= {
        }
        &'jwtsess;help;inspect'= {
        }
        &'jwtsess;help;renew'= {
        }
        &'jwtsess;help;verify'= {
        }
        &'jwtsess;help;decode'= {
        }
        &'jwtsess;help;encode'= {
        }
        &'jwtsess;help;profile'= {
            cand list 'List every profile, built in and of your own, a line each'
            cand show 'Show every value of a profile, and where each is from'
        }
        &'jwtsess;help;profile;list'= {
        }
        &'jwtsess;help;profile;show'= {
        }
        &'jwtsess;help;key'= {
            cand generate 'Make a key: a pair of a private and a public key, or a secret'
            cand show 'Describe a key: what it is, what it may do, how strong it is'
            cand jwks 'Print the public parts of keys as a JWKS, for those who check your tokens'
            cand convert 'Write a key in another form: JWK, JWKS, PEM or DER'
            cand rotate 'Roll a private JWKS over: a new key signs, the one before checks for a while longer'
        }
        &'jwtsess;help;key;generate'= {
        }
        &'jwtsess;help;key;show'= {
        }
        &'jwtsess;help;key;jwks'= {
        }
        &'jwtsess;help;key;convert'= {
        }
        &'jwtsess;help;key;rotate'= {
        }
        &'jwtsess;help;completions'= {
        }
        &'jwtsess;help;help'= {
        }
    ]
    $completions[$command]
}
