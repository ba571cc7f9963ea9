//! Unpacks what gzip (RFC 1952) or zstd (RFC 8878) packed. The first bytes tell, never a name.
use std::error::Error;
use std::io::{self, BufRead as _, BufReader, Chain, Cursor, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest window, in MiB. The levels of zstd up to 19 need none that is larger.
const LARGEST_WINDOW: u64 = 8;

/// A stream, and how many of its bytes have been read.
pub(super) struct CountedStream {
    pub stream: Box<dyn Read + Send>,
    pub count: Arc<AtomicU64>,
}

/// What has been looked at, and the rest.
type Packed = BufReader<Chain<Cursor<Vec<u8>>, CountedStream>>;
/// A stream that is unpacked as it is read.
pub(super) enum Unpacked {
    Plain(Packed),
    Gzip(Box<GzDecoder<Packed>>),
    Zstd(Box<Zstd>),
    Over,
}

/// The frame that is being unpacked, and the stream after what was read of it.
pub(super) struct Zstd {
    stream: Packed,
    frame: FrameDecoder,
}

/// Why a stream can't be read on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UnpackError {
    /// Holds the system's words.
    #[error("{0}")]
    Unreadable(String),
    #[error("its {0} data is cut short")]
    CutShort(&'static str),
    #[error("its {0} data is damaged")]
    Damaged(&'static str),
    #[error("its {0} data is followed by something else")]
    Followed(&'static str),
    #[error(
        "its zstd data needs {0} MiB of memory, more than the {LARGEST_WINDOW} that it may use"
    )]
    Window(u64),
    #[error("its zstd data needs the dictionary that it was packed with")]
    Dictionary,
}

impl Read for CountedStream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(into) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(more) => {
                    self.count.fetch_add(more as u64, Ordering::Relaxed);
                    return Ok(more);
                }
            }
        }
    }
}

impl Unpacked {
    /// Looks at the first bytes, and at no more of them than it takes to tell: a slow pipe may give the others late.
    pub(super) fn of(mut stream: CountedStream) -> Result<Self, UnpackError> {
        let mut start = Vec::new();
        let mut byte = [0];
        while may_be_gzip(&start) || may_be_zstd(&start) {
            match stream.read(&mut byte) {
                Ok(0) => break,
                Ok(_) => start.push(byte[0]),
                Err(error) => return Err(UnpackError::Unreadable(error.to_string())),
            }
            if start.len() == 2 && may_be_gzip(&start) {
                return Ok(Self::Gzip(Box::new(GzDecoder::new(packed(start, stream)))));
            }
            if start.len() == 4 && may_be_zstd(&start) {
                let stream = packed(start, stream);
                return Zstd::of(stream).map(|zstd| Self::Zstd(Box::new(zstd)));
            }
        }
        Ok(Self::Plain(packed(start, stream)))
    }

    /// Reads on. `Ok(0)` is the end, and stays it.
    pub(super) fn read(&mut self, into: &mut [u8]) -> Result<usize, UnpackError> {
        loop {
            let more = match self {
                Self::Over => return Ok(0),
                Self::Plain(stream) => (stream.read(into))
                    .map_err(|error| UnpackError::Unreadable(error.to_string()))?,
                Self::Gzip(gzip) => gzip.read(into).map_err(|error| of_gzip(&error))?,
                Self::Zstd(zstd) => zstd.read(into)?,
            };
            if more > 0 {
                return Ok(more);
            }
            *self = std::mem::replace(self, Self::Over).after()?;
        }
    }

    /// What comes after the end of a part: gzip's files may have several members, zstd's several frames.
    fn after(self) -> Result<Self, UnpackError> {
        match self {
            Self::Plain(_) | Self::Over => Ok(Self::Over),
            Self::Gzip(gzip) => {
                let mut rest = gzip.into_inner();
                Ok(if goes_on(&mut rest, may_be_gzip, "gzip")? {
                    Self::Gzip(Box::new(GzDecoder::new(rest)))
                } else {
                    Self::Over
                })
            }
            Self::Zstd(zstd) => {
                let Zstd { mut stream, frame } = *zstd;
                let sum = frame.get_checksum_from_data();
                if sum.is_some() && sum != frame.get_calculated_checksum() {
                    return Err(UnpackError::Damaged("zstd"));
                }
                Ok(if goes_on(&mut stream, may_be_zstd, "zstd")? {
                    Self::Zstd(Box::new(Zstd::of(stream)?))
                } else {
                    Self::Over
                })
            }
        }
    }
}

impl Zstd {
    /// Begins with the next frame. One that programs skip counts as an empty one.
    fn of(mut stream: Packed) -> Result<Self, UnpackError> {
        let mut frame = FrameDecoder::new();
        frame.set_max_window_size(LARGEST_WINDOW << 20);
        match frame.init(&mut stream) {
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let length = u64::from(length);
                let skipped = io::copy(&mut (&mut stream).take(length), &mut io::sink());
                match skipped {
                    Ok(skipped) if skipped < length => return Err(UnpackError::CutShort("zstd")),
                    Ok(_) => {}
                    Err(error) => return Err(UnpackError::Unreadable(error.to_string())),
                }
            }
            begun => begun.map_err(|error| of_frame(&error))?,
        }
        Ok(Self { stream, frame })
    }

    fn read(&mut self, into: &mut [u8]) -> Result<usize, UnpackError> {
        while self.frame.can_collect() == 0 && !self.frame.is_finished() {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            let decoded = self.frame.decode_blocks(&mut self.stream, one);
            decoded.map_err(|error| of_frame(&error))?;
        }
        (self.frame.read(into)).map_err(|error| UnpackError::Unreadable(error.to_string()))
    }
}

/// Whether gzip's data can begin with these bytes, four at most.
fn may_be_gzip(start: &[u8]) -> bool {
    [0x1f, 0x8b].starts_with(&start[..start.len().min(2)])
}

/// The same for zstd: a frame, or one that programs skip.
fn may_be_zstd(start: &[u8]) -> bool {
    let skipped = match start {
        [first, rest @ ..] => first & 0xf0 == 0x50 && [0x2a, 0x4d, 0x18].starts_with(rest),
        [] => true,
    };
    skipped || [0x28, 0xb5, 0x2f, 0xfd].starts_with(start)
}

fn packed(start: Vec<u8>, rest: CountedStream) -> Packed {
    BufReader::with_capacity(32 * 1024, Cursor::new(start).chain(rest))
}

/// Whether another part follows. Zeros at the end, with which tapes fill up a block, are none.
fn goes_on(
    rest: &mut Packed,
    may_be_one: fn(&[u8]) -> bool,
    form: &'static str,
) -> Result<bool, UnpackError> {
    let mut has_zeros = false;
    loop {
        let bytes = rest.fill_buf();
        let bytes = bytes.map_err(|error| UnpackError::Unreadable(error.to_string()))?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        match &bytes[zeros..] {
            [] if zeros == 0 => return Ok(false),
            [] => {}
            more if !has_zeros && zeros == 0 && may_be_one(&more[..more.len().min(4)]) => {
                return Ok(true);
            }
            _ => return Err(UnpackError::Followed(form)),
        }
        has_zeros = true;
        rest.consume(zeros);
    }
}

fn of_gzip(error: &io::Error) -> UnpackError {
    match error.kind() {
        ErrorKind::UnexpectedEof => UnpackError::CutShort("gzip"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => UnpackError::Damaged("gzip"),
        _ => UnpackError::Unreadable(error.to_string()),
    }
}

fn of_frame(error: &FrameDecoderError) -> UnpackError {
    match error {
        FrameDecoderError::WindowSizeTooBig { requested, .. } => {
            return UnpackError::Window(requested.div_ceil(1 << 20));
        }
        FrameDecoderError::DictNotProvided { .. } => return UnpackError::Dictionary,
        _ => {}
    }
    let mut cause = error.source();
    while let Some(inner) = cause.filter(|cause| !cause.is::<io::Error>()) {
        cause = inner.source();
    }
    match cause.and_then(|cause| cause.downcast_ref::<io::Error>()) {
        Some(error) if error.kind() == ErrorKind::UnexpectedEof => UnpackError::CutShort("zstd"),
        Some(error) => UnpackError::Unreadable(error.to_string()),
        None => UnpackError::Damaged("zstd"),
    }
}
