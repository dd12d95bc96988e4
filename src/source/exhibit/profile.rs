//! Colour profiles: what they say of colours is kept, and what they say in words is not. The name of a display or of a computer,
//! and of whoever made the profile, stands in them (ICC.1:2022).

/// The tags by which colours are told, all of numbers.
const COLOURS: &[&[u8; 4]] = &[
    b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"chad", b"A2B0", b"A2B1",
    b"A2B2", b"A2B3", b"B2A0", b"B2A1", b"B2A2", b"B2A3", b"D2B0", b"D2B1", b"D2B2", b"D2B3", b"B2D0", b"B2D1",
    b"B2D2", b"B2D3", b"gamt", b"cicp", b"lumi", b"tech", b"meas", b"view", b"chrm", b"pre0", b"pre1", b"pre2",
];

/// Tags without which a profile is none: they stay, and say nothing.
const WORDS: &[&[u8; 4]] = &[b"desc", b"cprt"];

/// Other tags of words, and of what a display was set to.
const FURTHER: &[&[u8; 4]] =
    &[b"dmnd", b"dmdd", b"vued", b"vcgt", b"targ", b"dscm", b"vcgp", b"aarg", b"aagg", b"aabg"];

/// What profiles are called that come with systems and programs, and how their copyright begins.
const KNOWN: &[&str] = &[
    "sRGB",
    "Display P3",
    "Adobe RGB (1998)",
    "Apple RGB",
    "ColorMatch RGB",
    "ProPhoto RGB",
    "ROMM RGB",
    "Wide Gamut RGB",
    "Generic RGB",
    "Generic Gray",
    "Generic CMYK",
    "Dot Gain",
    "Gray Gamma",
    "U.S. Web Coated",
    "Coated FOGRA",
    "Japan Color",
    "ISO Coated",
    "US Web Coated",
    "Euroscale",
    "Rec. ITU-R BT.",
    "Rec2020",
    "Rec709",
    "ITU-R BT.",
    "uRGB",
    "uGry",
    "c2",
    "sP3C",
    "Color LCD",
    "Camera RGB",
    "Calibrated RGB",
    "Black & White",
    "Artifex",
    "RGB built-in",
    "Gray built-in",
    "GIMP built-in",
    "DCI(P3)",
    "DCI-P3",
    "Google/Skia",
    "Google Inc",
    "Apple Wide Color",
    "Nikon",
    "EPSON  sRGB",
    "Linear",
    "IEC http://www.iec.ch",
    "IEC 61966",
    "IEC61966",
    "Reference Viewing Condition",
    "Copyright (c) 1998 Hewlett-Packard",
    "Copyright (c) HP",
    "Copyright Hewlett",
    "Copyright International Color Consortium",
    "Copyright Apple",
    "Copyright (C) Apple",
    "Copyright (c) Apple",
    "Copyright 1999 Adobe",
    "Copyright 2000 Adobe",
    "Copyright 1986 Adobe",
    "Copyright 2007 Adobe",
    "(c) 1999 Adobe",
    "(c) Microsoft",
    "Copyright (c) Microsoft",
    "Copyright (c) Eastman Kodak",
    "Public Domain",
    "No copyright",
    "CC0",
    "Google Inc.",
    "(C) by GretagMacbeth",
    "lcms",
];

/// Where the numbers of a tag stand.
struct Tag {
    /// Its entry in the table.
    entry: usize,
    name: [u8; 4],
    start: usize,
    end: usize,
}

const HEAD: usize = 128;

/// The most tags that are read.
const MAX_TAGS: usize = 256;

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at.checked_add(4)?)?.first_chunk::<4>().map(|four| u32::from_be_bytes(*four) as usize)
}

/// The tags of a profile, of which there are none in anything else.
fn tags(profile: &[u8]) -> Option<Vec<Tag>> {
    let count = number(profile, HEAD)?;
    if profile.get(36..40)? != b"acsp" || count == 0 || count > MAX_TAGS {
        return None;
    }
    let table = HEAD + 4 + 12 * count;
    let tag = |entry: usize| {
        let name = *profile.get(entry..entry + 4)?.first_chunk::<4>()?;
        let start = number(profile, entry + 4)?;
        let end = start.checked_add(number(profile, entry + 8)?)?;
        (start >= table && end <= profile.len() && end >= start + 8).then_some(Tag { entry, name, start, end })
    };
    (0..count).map(|at| tag(HEAD + 4 + 12 * at)).collect()
}

/// The words of a tag: `text`, `desc` or `mluc`, in one line.
fn words(bytes: &[u8]) -> String {
    let text = match bytes.get(..4) {
        Some(b"text") => String::from_utf8_lossy(&bytes[8..]).into_owned(),
        Some(b"desc") => {
            let length = number(bytes, 8).unwrap_or(0);
            String::from_utf8_lossy(bytes.get(12..12 + length.min(bytes.len())).unwrap_or(&bytes[8..])).into_owned()
        }
        Some(b"mluc") => {
            let count = number(bytes, 8).unwrap_or(0).min(MAX_TAGS);
            let record = |at: usize| {
                let (length, start) = (number(bytes, 16 + 12 * at + 4)?, number(bytes, 16 + 12 * at + 8)?);
                let units = bytes.get(start..start.checked_add(length)?)?.as_chunks::<2>().0.iter();
                let units: Vec<u16> = units.map(|unit| u16::from_be_bytes(*unit)).collect();
                Some(String::from_utf16_lossy(&units))
            };
            let mut records: Vec<String> = (0..count).filter_map(record).collect();
            records.dedup();
            records.join("; ")
        }
        // What another type holds nobody can tell.
        _ => "?".to_owned(),
    };
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// What a profile says in words that is not of a system or program: what it is called, which display or device it is for, and the
/// names of tags that are not of the standard. Something that is no profile says that.
pub(super) fn says(profile: &[u8]) -> Vec<String> {
    let Some(tags) = tags(profile) else { return vec!["?".to_owned()] };
    let is_known = |words: &str| words.is_empty() || KNOWN.iter().any(|known| words.starts_with(known));
    let mut said: Vec<String> = Vec::new();
    for tag in &tags {
        let name = &tag.name;
        if COLOURS.contains(&name) {
            continue;
        }
        let contents = &profile[tag.start..tag.end];
        match FURTHER.contains(&name) || WORDS.contains(&name) {
            true if contents.starts_with(b"text") || contents.starts_with(b"desc") || contents.starts_with(b"mluc") => {
                said.extend(Some(words(contents)).filter(|words| words.split("; ").any(|words| !is_known(words))));
            }
            true => {}
            false => said.push(String::from_utf8_lossy(name).into_owned()),
        }
    }
    said.sort();
    said.dedup();
    said
}

/// The profile without the words, of the same length; none if it is no profile. What is known to come with a system is left as
/// it is.
pub(super) fn plain(profile: &[u8]) -> Option<Vec<u8>> {
    let tags = tags(profile)?;
    if says(profile).is_empty() {
        return Some(profile.to_vec());
    }
    let mut out = vec![0; profile.len()];
    // The head without the day, the device and who made it.
    for kept in [0..4, 8..24, 36..40, 64..80] {
        out[kept.clone()].copy_from_slice(&profile[kept]);
    }
    let kept: Vec<&Tag> =
        tags.iter().filter(|tag| COLOURS.contains(&&tag.name) || WORDS.contains(&&tag.name)).collect();
    out[HEAD..HEAD + 4].copy_from_slice(&(kept.len() as u32).to_be_bytes());
    for (at, tag) in kept.iter().enumerate() {
        let entry = HEAD + 4 + 12 * at;
        out[entry..entry + 12].copy_from_slice(&profile[tag.entry..tag.entry + 12]);
    }
    // Of words the type stays: a text of no letters, or one in no language.
    for tag in kept.iter().filter(|tag| WORDS.contains(&&tag.name)) {
        out[tag.start..tag.start + 4].copy_from_slice(&profile[tag.start..tag.start + 4]);
        match (&profile[tag.start..tag.start + 4], tag.end - tag.start) {
            (b"desc", 12..) => out[tag.start + 11] = 1,
            (b"mluc", 16..) => out[tag.start + 15] = 12,
            _ => {}
        }
    }
    for tag in kept.iter().filter(|tag| COLOURS.contains(&&tag.name)) {
        out[tag.start..tag.end].copy_from_slice(&profile[tag.start..tag.end]);
    }
    Some(out)
}

/// What the profiles say that stand in the boxes of a picture (ISO/IEC 14496-12, `colr`).
pub(super) fn said_in_boxes(bytes: &[u8]) -> Vec<String> {
    let found = memchr::memmem::find_iter(bytes, b"colr").filter_map(|at| {
        let rest = bytes.get(at + 4..)?;
        let rest = rest.strip_prefix(b"prof").or_else(|| rest.strip_prefix(b"rICC"))?;
        Some(says(rest.get(..number(rest, 0)?)?))
    });
    found.flatten().collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A profile of these tags.
    pub(in super::super) fn profile(tags: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut profile = vec![0; HEAD];
        profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
        profile[36..40].copy_from_slice(b"acsp");
        profile[48..52].copy_from_slice(b"ANNA");
        profile.extend((tags.len() as u32).to_be_bytes());
        let mut start = HEAD + 4 + 12 * tags.len();
        for (name, contents) in tags {
            profile.extend_from_slice(*name);
            profile.extend((start as u32).to_be_bytes());
            profile.extend((contents.len() as u32).to_be_bytes());
            start += contents.len();
        }
        profile.extend(tags.iter().flat_map(|(_, contents)| contents.iter()));
        let length = profile.len() as u32;
        profile[..4].copy_from_slice(&length.to_be_bytes());
        profile
    }

    pub(in super::super) fn called(name: &str) -> Vec<u8> {
        let text = [b"text\0\0\0\0", name.as_bytes()].concat();
        let red: &[u8] = b"XYZ \0\0\0\0\0\0\x6f\xa2\0\0\x38\xf5\0\0\x03\x90";
        profile(&[(b"rXYZ", red), (b"desc", &text), (b"cprt", b"text\0\0\0\0CC0\0"), (b"mmod", b"mmod\0\0\0\0Anna")])
    }

    #[test]
    fn the_words_of_a_profile_go_and_its_colours_stay() {
        let profile = called("Anna's display");
        assert_eq!(says(&profile), ["Anna's display", "mmod"]);
        let plain = plain(&profile).unwrap();
        assert_eq!(plain.len(), profile.len());
        assert!(memchr::memmem::find(&plain, b"nna").is_none() && memchr::memmem::find(&plain, b"ANNA").is_none());
        let kept = tags(&plain).unwrap();
        assert_eq!(kept.iter().map(|tag| &tag.name).collect::<Vec<_>>(), [b"rXYZ", b"desc", b"cprt"]);
        assert_eq!(plain[kept[0].start..kept[0].end], profile[kept[0].start..kept[0].end]);
        assert_eq!((says(&plain), super::plain(&plain)), (Vec::new(), Some(plain.clone())));
    }

    #[test]
    fn profiles_of_systems_are_left_as_they_are_and_what_is_none_is_no_profile() {
        let own = profile(&[(b"desc", b"text\0\0\0\0sRGB IEC61966-2.1\0"), (b"vcgt", b"vcgt\0\0\0\0\0\0")]);
        assert_eq!((says(&own), plain(&own)), (Vec::new(), Some(own.clone())));
        assert_eq!((says(b"Anna"), plain(b"Anna")), (vec!["?".to_owned()], None));
        for end in 0..own.len() {
            plain(&own[..end]);
        }
        let boxed = [b"\0\0\0\x20colrprof", called("Anna's display").as_slice(), b"mdat"].concat();
        assert_eq!(said_in_boxes(&boxed), ["Anna's display", "mmod"]);
    }
}
