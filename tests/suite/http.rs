//! A server on the loopback that the program under test asks.
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
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

/// Answers each request, by its path and body, with what the function writes, as long as the test runs.
pub(crate) fn stage(
    answer: impl Fn(&str, &str, &mut TcpStream) + Send + Sync + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = std::sync::Arc::clone(&answer);
            std::thread::spawn(move || perform(stream.unwrap(), &*answer));
        }
    });
    address
}

fn perform(mut stream: TcpStream, answer: &impl Fn(&str, &str, &mut TcpStream)) {
    let mut reader = BufReader::new(&stream);
    let (mut path, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        match line.to_ascii_lowercase().strip_prefix("content-length:") {
            Some(given) => length = given.trim().parse().unwrap(),
            None if path.is_empty() => line.split(' ').nth(1).unwrap().clone_into(&mut path),
            None => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    answer(&path, &String::from_utf8_lossy(&body), &mut stream);
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
