//! Any bytes as a zip, as changes to a sound one, as members beside those of a sound bag, and as its tag files: no panic,
//! and never whole with a file that nothing lists. Run with
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run verify -- -max_total_time=600`.
#![no_main]

use casefile_verify::report::Verdict;
use casefile_verify::sha256::Sha256;
use casefile_verify::verify;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/specification/forged.rs"]
mod forged;

use forged::Member;

fn is_whole(zip: &[u8]) -> bool {
    verify::zip(zip, None).verdict() == Verdict::Whole
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    match choice % 4 {
        0 => {
            is_whole(bytes);
        }
        1 => {
            let mut zip = forged::zip(&forged::sound());
            for change in bytes.chunks_exact(3) {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % zip.len();
                zip[at] = change[2];
            }
            is_whole(&zip);
        }
        2 => {
            let mut members = forged::sound();
            let sound = members.len();
            for member in bytes.split(|byte| *byte == b'\n').filter(|member| member.len() > 6) {
                let (fields, name) = member.split_at(6);
                let mut extra = if name.ends_with(b"/") { Member::folder("") } else { Member::file("", b"x") };
                extra.name = name.to_vec();
                extra.mode = u32::from(u16::from_le_bytes([fields[0], fields[1]]));
                extra.method = u16::from(fields[2]);
                extra.size = u32::from_le_bytes([fields[2], fields[3], fields[4], fields[5]]);
                members.push(extra);
            }
            let added = members.iter().skip(sound).any(|member| !member.name.ends_with(b"/"));
            let beside =
                members.iter().skip(sound).any(|member| member.name.starts_with(b"bag/tagmanifest-sha256.txt."));
            assert!(!(is_whole(&forged::zip(&members)) && added && !beside));
        }
        _ => {
            // Each tag file in turn, with sums that fit, so that it is read.
            let mut members = forged::sound();
            let name = ["bag/bagit.txt", "bag/manifest-sha256.txt", "bag/tagmanifest-sha256.txt", "bag/bag-info.txt"];
            let name = name[usize::from(choice / 4) % 4];
            members.retain(|member| member.name != name.as_bytes() && member.name != b"bag/tagmanifest-sha256.txt");
            members.push(Member::file(name, bytes));
            if name != "bag/tagmanifest-sha256.txt" {
                let tags = members.iter().filter(|member| !member.name.starts_with(b"bag/data/"));
                let line = |member: &Member| {
                    format!("{}  {}\n", Sha256::of(&member.data), String::from_utf8_lossy(&member.name[4..]))
                };
                let sums: String = tags.map(line).collect();
                members.push(Member::file("bag/tagmanifest-sha256.txt", sums.as_bytes()));
            }
            is_whole(&forged::zip(&members));
        }
    }
});
