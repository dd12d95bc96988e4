//! What the streams of a PDF unfold to (ISO 32000-2, section 7.4), told before anything unfolds them.
//!
//! The library unfolds a stream into memory, however large it gets. What it unfolds on opening a file, the streams that hold objects
//! and the tables of where they stand, is therefore looked at in the bytes of the file; all others as soon as it is open.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::object::{Array, Dict, FromBytes, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::{Filter, Pdf as File};
use memchr::memmem;

use crate::work::Work;

/// The most that one stream may unfold to, and all streams with objects, which are kept as long as the file is open, in bytes.
const MAX_STREAM: u64 = 64 << 20;
const MAX_OF_OBJECTS: u64 = 64 << 20;

/// How many times its size a deflated stream unfolds to at most.
const MOST_DEFLATED: u64 = 1032;

/// The most that a stream with objects may have in a file that is locked, where its size when unfolded cannot be told.
const MAX_LOCKED: usize = 256 << 10;

/// What a step on an object costs, whatever it holds.
const OBJECT: u64 = 64;

/// Whether opening a file unfolds no more than is looked at.
pub(super) fn opens(bytes: &[u8], work: &mut Work) -> bool {
    let is_locked = memmem::find(bytes, b"/Encrypt").is_some();
    let ends: Vec<usize> = memmem::find_iter(bytes, b"endstream").collect();
    let mut left = MAX_OF_OBJECTS;
    let mut next_end = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        while ends.get(next_end).is_some_and(|end| *end < at) {
            next_end += 1;
        }
        // The library looks that far for the end of a stream whose length is wrong.
        let end = ends.get(next_end).copied().unwrap_or(bytes.len());
        let start = at + b"stream".len();
        let data = &bytes[start..end.max(start)];
        if !work.take(data.len() as u64) {
            return false;
        }
        let Some(dict) = dict_before(bytes, at) else {
            // A word in a text, or a stream that nothing leads to; should something lead to it, it must not be large.
            let data = data.trim_ascii_start();
            if is_zlib(data) && size(&[Filter::FlateDecode], data, work).is_none() {
                return false;
            }
            continue;
        };
        let holds_objects = dict.contains_key("N") && dict.contains_key("First");
        let is_table = dict.contains_key("W") && dict.contains_key("Size");
        if !holds_objects && !is_table {
            continue;
        }
        let length = dict.get::<u32>("Length").map_or(0, |length| length as usize);
        let end = end.max(start.saturating_add(length).saturating_add(2).min(bytes.len())).max(start);
        let data = bytes[start..end].strip_prefix(b"\r").unwrap_or(&bytes[start..end]);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let unfolded = match filters(&dict) {
            Some(filters) if is_locked && holds_objects => {
                (filters.len() < 2 && data.len() <= MAX_LOCKED).then_some(data.len() as u64)
            }
            Some(filters) => size(&filters, data, work),
            None => None,
        };
        let Some(fewer) = unfolded.and_then(|unfolded| left.checked_sub(unfolded)) else { return false };
        left = fewer;
    }
    true
}

/// The dictionary that stands right before the word `stream` at `at`.
fn dict_before(bytes: &[u8], at: usize) -> Option<Dict<'_>> {
    // A text in it may hold the word as well.
    memmem::rfind_iter(&bytes[..at], b"obj").take(4).find_map(|object| {
        let object = object + b"obj".len();
        let start = object + memmem::find(&bytes[object..at], b"<<")?;
        let dict = Dict::from_bytes(&bytes[start..at])?;
        let end = dict.data().as_ptr_range().end as usize - bytes.as_ptr() as usize;
        is_blank(bytes.get(end..at)?).then_some(dict)
    })
}

/// Whether there is nothing but the end of a dictionary, white space and comments.
fn is_blank(bytes: &[u8]) -> bool {
    let rest = bytes.trim_ascii_start();
    let mut rest = rest.strip_prefix(b">>").unwrap_or(rest);
    loop {
        rest = rest.trim_ascii_start();
        match rest {
            [] => return true,
            [b'%', ..] => {
                rest = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).map_or(&[], |end| &rest[end..]);
            }
            _ => return false,
        }
    }
}

/// The filters that a dictionary names; none if they stand elsewhere, or are not known.
fn filters(dict: &Dict<'_>) -> Option<Vec<Filter>> {
    let key = if dict.contains_key("F") { "F" } else { "Filter" };
    if !dict.contains_key(key) {
        return Some(Vec::new());
    }
    let names: Vec<Name<'_>> = match dict.get::<Object<'_>>(key)? {
        Object::Name(name) => vec![name],
        Object::Array(names) => of_array(&names),
        _ => return None,
    };
    names.iter().map(|name| of_name(name.as_str())).collect()
}

fn of_array<'a>(names: &Array<'a>) -> Vec<Name<'a>> {
    names.iter::<Name<'_>>().collect()
}

fn of_name(name: &str) -> Option<Filter> {
    match name {
        "ASCIIHexDecode" | "AHx" => Some(Filter::AsciiHexDecode),
        "ASCII85Decode" | "A85" => Some(Filter::Ascii85Decode),
        "LZWDecode" | "LZW" => Some(Filter::LzwDecode),
        "FlateDecode" | "Fl" => Some(Filter::FlateDecode),
        "RunLengthDecode" | "RL" => Some(Filter::RunLengthDecode),
        "Crypt" => Some(Filter::Crypt),
        _ => None,
    }
}

/// What each stream of an open file unfolds to; none if one unfolds to more than is looked at, or so that it cannot be told.
pub(super) fn sizes(file: &File, work: &mut Work) -> Option<HashMap<ObjectIdentifier, u64>> {
    let mut sizes = HashMap::new();
    for object in file.objects() {
        if !work.take(OBJECT) {
            return None;
        }
        if let Object::Stream(stream) = object {
            let unfolded = size(&stream.filters(), &stream.raw_data(), work)?;
            sizes.insert(stream.obj_id(), unfolded);
        }
    }
    Some(sizes)
}

/// A stream unfolded, if there is work left for it.
pub(super) fn decoded<'a>(stream: &Stream<'a>, work: &mut Work) -> Option<Cow<'a, [u8]>> {
    size(&stream.filters(), &stream.raw_data(), work)?;
    stream.decoded_data().ok()
}

/// What `data` unfolds to; none if that is more than is looked at. Only one filter may unfold, as every program writes it: one whose
/// result is unfolded once more is made to be large.
fn size(filters: &[Filter], data: &[u8], work: &mut Work) -> Option<u64> {
    if !work.take(data.len() as u64) {
        return None;
    }
    let mut data = Cow::Borrowed(data);
    for (at, filter) in filters.iter().enumerate() {
        let behind = &filters[at + 1..];
        let unfolded = match filter {
            Filter::Crypt => continue,
            Filter::AsciiHexDecode => {
                // Half of it, and in a way that nothing else reads.
                data = Cow::Owned(of_hex(&data));
                continue;
            }
            Filter::Ascii85Decode => {
                if behind.contains(&Filter::Ascii85Decode) {
                    return None;
                }
                data = Cow::Owned(of_85(&data));
                continue;
            }
            Filter::FlateDecode => inflated(&data),
            // Which of two ways it is written in the file says; what is large in either is.
            Filter::LzwDecode => of_lzw(&data, 1).max(of_lzw(&data, 0)),
            Filter::RunLengthDecode => of_runs(&data),
            // Pictures are not unfolded.
            Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode => break,
        };
        let is_last = behind.iter().all(|filter| {
            matches!(filter, Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode)
        });
        return (is_last && unfolded < MAX_STREAM && work.take(unfolded)).then_some(unfolded);
    }
    let len = data.len() as u64;
    (len < MAX_STREAM && work.take(len)).then_some(len)
}

/// How much a deflated stream holds, as far as is looked at. The library goes on behind a fault, and what it finds there is not
/// known.
fn inflated(data: &[u8]) -> u64 {
    let (size, read, is_sound) = if is_zlib(data) {
        let mut decoder = ZlibDecoder::new(data);
        let copied = std::io::copy(&mut (&mut decoder).take(MAX_STREAM), &mut std::io::sink());
        (decoder.total_out(), decoder.total_in(), copied.is_ok())
    } else {
        let mut decoder = DeflateDecoder::new(data);
        let copied = std::io::copy(&mut (&mut decoder).take(MAX_STREAM), &mut std::io::sink());
        (decoder.total_out(), decoder.total_in(), copied.is_ok())
    };
    let behind = if is_sound { 0 } else { (data.len() as u64).saturating_sub(read) };
    size.saturating_add(behind.saturating_mul(MOST_DEFLATED))
}

/// Whether this begins as a deflated stream does (RFC 1950, section 2.2).
fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [head, flags, ..] if head & 15 == 8 && head >> 4 < 8 && u16::from_be_bytes([*head, *flags]) % 31 == 0)
}

/// How much a stream of LZW holds: the length of what each of its codes stands for, all told. Codes become longer `early` codes
/// before they must (section 7.4.4).
fn of_lzw(data: &[u8], early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FIRST: usize = 258;
    const MOST: usize = 4096;
    let mut lengths: Vec<u64> = Vec::new();
    let (mut size, mut last): (u64, Option<u64>) = (0, None);
    let (mut bits, mut count, mut width) = (0_u32, 0, 9);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        if count < width {
            continue;
        }
        count -= width;
        let code = (bits >> count) as usize & ((1 << width) - 1);
        if code == END || size >= MAX_STREAM {
            break;
        }
        if code == CLEAR {
            lengths.clear();
            (width, last) = (9, None);
            continue;
        }
        let length = match code.checked_sub(FIRST) {
            None => 1,
            // A code may stand for what the one before does and its own first letter again.
            Some(at) => match (lengths.get(at), last) {
                (Some(length), _) => *length,
                (None, Some(last)) if at == lengths.len() => last + 1,
                _ => break,
            },
        };
        size += length;
        if let Some(last) = last.replace(length)
            && FIRST + lengths.len() < MOST
        {
            lengths.push(last + 1);
        }
        width = match FIRST + lengths.len() + early {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    size
}

/// How much a stream of runs holds (section 7.4.5).
fn of_runs(data: &[u8]) -> u64 {
    let (mut at, mut size) = (0, 0);
    while let Some(&length) = data.get(at) {
        let (read, written) = match length {
            128 => break,
            0..128 => (usize::from(length) + 2, u64::from(length) + 1),
            129.. => (2, 257 - u64::from(length)),
        };
        at += read;
        size += written;
    }
    size
}

fn of_hex(data: &[u8]) -> Vec<u8> {
    let end = memchr::memchr(b'>', data).unwrap_or(data.len());
    let digits: Vec<u8> = data[..end].iter().filter_map(|byte| Some(char::from(*byte).to_digit(16)? as u8)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn of_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut group = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u8>, out: &mut Vec<u8>| {
        let kept = group.len().saturating_sub(1);
        group.resize(5, 84);
        let value = group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit)));
        out.extend_from_slice(&value.to_be_bytes()[..kept]);
        group.clear();
    };
    for byte in data {
        match byte {
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    flush(&mut group, &mut out);
                }
            }
            b'z' => {
                flush(&mut group, &mut out);
                out.extend_from_slice(&[0; 4]);
            }
            b'~' => break,
            _ => {}
        }
    }
    flush(&mut group, &mut out);
    out
}
