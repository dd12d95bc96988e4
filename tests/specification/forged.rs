//! Zips as an attacker, or another program, writes them; made here without the program's own code.

use flate2::Crc;

/// A member as its headers describe it, whatever its data are.
pub struct Member {
    pub name: Vec<u8>,
    /// The Unix mode, with the bits that say what kind of file it is.
    pub mode: u32,
    pub method: u16,
    pub crc: u32,
    pub size: u32,
    /// The packed bytes.
    pub data: Vec<u8>,
    pub flags: u16,
    /// The extra fields.
    pub extra: Vec<u8>,
    /// The version of the format that is needed to unpack it.
    pub version: u16,
}

impl Member {
    /// A plain file as it is.
    pub fn file(name: &str, data: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(data);
        Self {
            name: name.as_bytes().to_vec(),
            mode: 0o100_644,
            method: 0,
            crc: crc.sum(),
            size: data.len() as u32,
            data: data.to_vec(),
            flags: 0,
            extra: Vec::new(),
            version: 20,
        }
    }

    /// A folder that is named by itself.
    pub fn folder(name: &str) -> Self {
        Self { mode: 0o040_755, ..Self::file(name, b"") }
    }

    /// Shared by both headers.
    fn fields(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for value in [self.version, self.flags, self.method, 0, 0x21] {
            bytes.extend(value.to_le_bytes());
        }
        for value in [self.crc, self.data.len() as u32, self.size] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend((self.extra.len() as u16).to_le_bytes());
        bytes
    }
}

/// The zip with these members.
pub fn zip(members: &[Member]) -> Vec<u8> {
    let (mut bytes, mut central) = (Vec::new(), Vec::new());
    for member in members {
        let offset = bytes.len() as u32;
        bytes.extend(b"PK\x03\x04");
        bytes.extend(member.fields());
        bytes.extend(&member.name);
        bytes.extend(&member.extra);
        bytes.extend(&member.data);
        central.extend(b"PK\x01\x02\x14\x03");
        central.extend(member.fields());
        central.extend([0; 6]);
        central.extend((member.mode << 16).to_le_bytes());
        central.extend(offset.to_le_bytes());
        central.extend(&member.name);
        central.extend(&member.extra);
    }
    let offset = bytes.len() as u32;
    bytes.extend(&central);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((members.len() as u16).to_le_bytes());
    bytes.extend((members.len() as u16).to_le_bytes());
    bytes.extend((central.len() as u32).to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// A sound bag of one file, below `bag/`.
pub fn sound() -> Vec<Member> {
    bag(&[("data/a.txt", b"a")])
}

/// A sound bag of these files, below `bag/`.
pub fn bag(files: &[(&str, &[u8])]) -> Vec<Member> {
    bag_declared("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", files)
}

/// The same with another declaration.
pub fn bag_declared(declaration: &str, files: &[(&str, &[u8])]) -> Vec<Member> {
    let line = |path: &str, bytes: &[u8]| format!("{}  {path}\n", casefile::sha256::Sha256::of(bytes));
    let manifest: String = files.iter().map(|(path, bytes)| line(path, bytes)).collect();
    let tags = [("bagit.txt", declaration), ("manifest-sha256.txt", manifest.as_str())];
    let tag_manifest: String = tags.iter().map(|(path, text)| line(path, text.as_bytes())).collect();
    let tags = tags.into_iter().chain([("tagmanifest-sha256.txt", tag_manifest.as_str())]);
    let tags = tags.map(|(path, text)| (path, text.as_bytes()));
    tags.chain(files.iter().copied()).map(|(path, bytes)| Member::file(&format!("bag/{path}"), bytes)).collect()
}
