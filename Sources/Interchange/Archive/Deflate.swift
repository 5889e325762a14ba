import CZlib

/// Raw deflate (RFC 1951) and CRC-32, by zlib.
enum Deflate {
  /// What comes out, if it is exactly `size` bytes; nil for damage, for more and for fewer.
  static func inflated(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    // One byte more than promised, so that a longer content is seen; zlib counts in 32 bits, which the limits keep to.
    guard let room = UInt32(exactly: size + 1), let count = UInt32(exactly: packed.count) else { return nil }
    var input = Array(packed)
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, filled in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = count
        stream.next_out = buffer.baseAddress
        stream.avail_out = room
        status = inflate(&stream, Z_FINISH)
        filled = Int(room - stream.avail_out)
      }
    }
    return status == Z_STREAM_END && output.count == size && stream.avail_in == 0 ? output : nil
  }

  static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let version = zlibVersion()
    guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { deflateEnd(&stream) }
    guard let count = UInt32(exactly: bytes.count), let room = UInt32(exactly: deflateBound(&stream, UInt(bytes.count))) else { return nil }
    var input = bytes
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: Int(room)) { buffer, filled in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = count
        stream.next_out = buffer.baseAddress
        stream.avail_out = room
        status = deflate(&stream, Z_FINISH)
        filled = Int(room - stream.avail_out)
      }
    }
    return status == Z_STREAM_END ? output : nil
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      guard let count = UInt32(exactly: buffer.count) else { return 0 }
      return UInt32(truncatingIfNeeded: crc32(0, buffer.baseAddress, count))
    }
  }
}
