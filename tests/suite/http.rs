//! A server on the loopback that the program under test asks.
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// Answers each request, by its path, with a content or with 404, as long as the test runs.
pub(crate) fn serve(answer: impl Fn(&str) -> Option<Vec<u8>> + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            reply(stream.unwrap(), &answer);
        }
    });
    address
}

fn reply(mut stream: TcpStream, answer: &impl Fn(&str) -> Option<Vec<u8>>) {
    let lines = BufReader::new(&stream).lines();
    let head: Vec<String> = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else {
        return;
    };
    let (status, body) = match answer(path) {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n");
    _ = stream.write_all(&[head.as_bytes(), &body].concat());
}
