import CZstd

/// Zstandard frames (RFC 8878), by libzstd.
public enum Zstandard {
  /// Why bytes were refused.
  public enum Refusal: Error, Sendable, Hashable {
    /// Not a frame, damaged, or ending too early.
    case damaged
    /// More would come out than the limit.
    case tooLarge
  }

  /// Whether bytes begin like a frame.
  public static func isFrame(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) }

  /// What comes out, in steps, and never more than `limit` bytes whatever the frame says of itself.
  public static func decoded(_ bytes: [UInt8], limit: Int) throws(Refusal) -> [UInt8] {
    guard let stream = ZSTD_createDStream() else { throw .damaged }
    defer { ZSTD_freeDStream(stream) }
    // A window of 128 MiB is the most that the common tools read without being told; memory is bounded by it.
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    var refusal: Refusal?
    var isComplete = false
    bytes.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while refusal == nil, !isComplete {
        let before = input.pos
        let made = piece.withUnsafeMutableBytes { room -> Int in
          var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
          let status = ZSTD_decompressStream(stream, &output, &input)
          if ZSTD_isError(status) != 0 { refusal = .damaged }
          if status == 0, input.pos == input.size { isComplete = true }
          return output.pos
        }
        if made > limit - result.count { refusal = .tooLarge } else { result += piece.prefix(made) }
        if made == 0, input.pos == before, !isComplete { refusal = refusal ?? .damaged }
      }
    }
    if let refusal { throw refusal }
    return result
  }

  /// One frame; nil when the library is out of memory.
  public static func encoded(_ bytes: [UInt8]) -> [UInt8]? {
    var written = 0
    let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { room, filled in
      written = bytes.withUnsafeBytes { ZSTD_compress(room.baseAddress, room.count, $0.baseAddress, $0.count, 3) }
      filled = ZSTD_isError(written) == 0 ? written : 0
    }
    return ZSTD_isError(written) == 0 ? frame : nil
  }
}
