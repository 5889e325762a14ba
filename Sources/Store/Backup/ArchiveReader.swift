import CZlib
import Foundation

/// Reads a gzip-compressed tar archive from front to back, holding little of it. Whatever is wrong is told with the name of the
/// part at which it was noticed.
final class ArchiveReader {
  private let file: DiskFile
  private var stream = z_stream()
  private var input: [UInt8] = []
  private var used = 0
  private var isOpen = false
  private var isAtEnd = false
  private var part = "its beginning"

  init(_ url: URL) throws {
    file = try DiskFile.reading(url)
    isOpen = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    guard isOpen else { throw StartFailure("No memory for reading.") }
  }

  deinit { if isOpen { inflateEnd(&stream) } }

  /// Calls `open` for each part; what it returns is called with each piece of the content in turn, then with nil.
  func forEach(_ open: (TarHeader) throws -> (([UInt8]?) throws -> Void)) throws {
    while true {
      let block = try exactly(TarHeader.block)
      if block.allSatisfy({ $0 == 0 }) { return try end() }
      guard let header = TarHeader(block[...]) else { throw damage("its header is not readable") }
      part = header.path
      let consume = try open(header)
      var rest = header.size
      while rest > 0 {
        let piece = try exactly(min(rest, 1 << 16))
        try consume(piece)
        rest -= piece.count
      }
      try consume(nil)
      _ = try exactly(header.padding)
    }
  }

  /// The second empty block, the sum of the compressed stream, and nothing after it.
  private func end() throws {
    part = "its end"
    guard try exactly(TarHeader.block).allSatisfy({ $0 == 0 }), try inflate(1).isEmpty, used == input.count, try file.read(1).isEmpty
    else { throw damage("something follows it") }
  }

  private func exactly(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = try inflate(count - bytes.count)
      if more.isEmpty { throw damage("the file ends too early") }
      bytes += more
    }
    return bytes
  }

  /// Up to `count` bytes; empty at the end of the compressed stream.
  private func inflate(_ count: Int) throws -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    while !isAtEnd {
      if used == input.count {
        input = try file.read(1 << 16)
        used = 0
        if input.isEmpty { throw damage("the file ends too early") }
      }
      let (status, made) = step(into: &output)
      if status == Z_STREAM_END { isAtEnd = true }
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw damage("the compressed data is altered") }
      if made > 0 { return Array(output.prefix(made)) }
    }
    return []
  }

  private func step(into output: inout [UInt8]) -> (status: Int32, made: Int) {
    let start = used
    return input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { space in
        stream.next_in = source.baseAddress.map { $0 + start }
        stream.avail_in = UInt32(source.count - start)
        stream.next_out = space.baseAddress
        stream.avail_out = UInt32(space.count)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        used = source.count - Int(stream.avail_in)
        return (status, space.count - Int(stream.avail_out))
      }
    }
  }

  func damage(_ reason: String) -> BackupRefusal { .damaged(part: part, reason) }
}
