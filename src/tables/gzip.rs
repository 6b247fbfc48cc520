//! gzip, member after member.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// Decompresses all members of a gzip file; what follows them and begins no other member is an error.
pub(super) struct Members<R> {
    decoder: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { decoder: Some(GzDecoder::new(reader)) }
    }

    pub(super) fn into_inner(self) -> R {
        self.decoder.expect("absent only while one member follows another").into_inner()
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            let n = decoder.read(into)?;
            if n > 0 || into.is_empty() {
                return Ok(n);
            }
            match decoder.get_mut().fill_buf()? {
                [] => return Ok(0),
                [0x1F] | [0x1F, 0x8B, ..] => self.decoder = self.decoder.take().map(|ended| GzDecoder::new(ended.into_inner())),
                _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "data after the end of the gzip stream")),
            }
        }
        Ok(0)
    }
}
