import CZlib
import Kit

/// Writes a gzip-compressed tar archive part by part, holding 64 KiB of it.
final class ArchiveWriter {
  private let file: DiskFile
  private let seconds: Int64
  private var stream = z_stream()
  private var output = [UInt8](repeating: 0, count: 1 << 16)
  private var isOpen = false

  init(_ file: DiskFile, now: Instant) throws {
    self.file = file
    seconds = now.seconds
    // 15 bits of window, plus 16 for the gzip frame with its CRC; level 1 keeps up with the disk.
    let size = Int32(MemoryLayout<z_stream>.size)
    isOpen = deflateInit2_(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    guard isOpen else { throw StartFailure("No memory for compressing.") }
  }

  deinit { if isOpen { deflateEnd(&stream) } }

  func add(_ path: String, _ content: [UInt8]) throws {
    try begin(path, size: content.count)
    try deflate(content, Z_NO_FLUSH)
    try pad(content.count)
  }

  /// Copies a file of exactly `size` bytes and shows each piece to `look`.
  func add(_ path: String, from source: DiskFile, size: Int, _ look: ([UInt8]) -> Void) throws {
    try begin(path, size: size)
    var rest = size
    while rest > 0 {
      let piece = try source.read(min(rest, 1 << 16))
      guard !piece.isEmpty else { throw StartFailure("\(path) became shorter while it was copied.") }
      look(piece)
      try deflate(piece, Z_NO_FLUSH)
      rest -= piece.count
    }
    try pad(size)
  }

  /// Two empty blocks end an archive.
  func finish() throws { try deflate([UInt8](repeating: 0, count: 2 * TarHeader.block), Z_FINISH) }

  private func begin(_ path: String, size: Int) throws {
    guard let header = TarHeader(path: path, size: size).bytes(modified: seconds) else {
      throw StartFailure("\(path) does not fit into an archive: its name is too long or it has more than 8 GiB.")
    }
    try deflate(header, Z_NO_FLUSH)
  }

  private func pad(_ size: Int) throws {
    try deflate([UInt8](repeating: 0, count: TarHeader(path: "", size: size).padding), Z_NO_FLUSH)
  }

  private func deflate(_ input: [UInt8], _ flush: Int32) throws {
    var input = input
    try input.withUnsafeMutableBufferPointer { buffer in
      stream.next_in = buffer.baseAddress
      stream.avail_in = UInt32(buffer.count)
      repeat {
        let made = output.withUnsafeMutableBufferPointer { space in
          stream.next_out = space.baseAddress
          stream.avail_out = UInt32(space.count)
          _ = CZlib.deflate(&stream, flush)
          return space.count - Int(stream.avail_out)
        }
        try output.withUnsafeBytes { try file.write(UnsafeRawBufferPointer(rebasing: $0[..<made])) }
      } while stream.avail_out == 0
    }
  }
}
