//! What the operating system says, which has it in one language.

use std::fmt;
use std::io::{Error, ErrorKind};

use crate::Message;

/// A message as an error of the system, where functions of the system's own kind tell of a fault that is none of its.
pub fn fault(kind: ErrorKind, message: Message) -> Error {
    Error::new(kind, Fault(message))
}

#[derive(Debug)]
struct Fault(Message);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.en())
    }
}

impl std::error::Error for Fault {}

/// A fault of the system in words, or the message of [`fault`]; in Chinese those that are met most.
pub fn of_system(error: &Error) -> Message {
    if let Some(Fault(message)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return message.clone();
    }
    let zh = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已有同名的文件或文件夹",
        ErrorKind::NotADirectory => "这不是文件夹",
        ErrorKind::IsADirectory => "这是文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::InvalidFilename => "文件名无效",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正在使用",
        ErrorKind::AddrInUse => "端口已被占用",
        ErrorKind::AddrNotAvailable => "没有这个地址",
        ErrorKind::UnexpectedEof => "文件不完整",
        _ => return Message::alike(error.to_string()),
    };
    // What a library says by such an error tells more than its kind.
    match error.get_ref() {
        Some(said) => Message::alike(said.to_string()),
        None => Message::new(error.to_string(), zh.to_owned()),
    }
}
