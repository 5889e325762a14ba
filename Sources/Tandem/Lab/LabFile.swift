import Foundation

/// Reads one file after another into the same memory.
struct LabFile: ~Copyable {
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  deinit { buffer.deallocate() }

  /// The bytes of a file, valid until the next call; nil when there is no such file.
  mutating func read(_ path: String) throws -> UnsafeRawBufferPointer? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 {
      if errno == ENOENT { return nil }
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    defer { close(file) }
    var count = 0
    while true {
      if count == buffer.count { grow() }
      guard let base = buffer.baseAddress else { return nil }
      let got = Foundation.read(file, base + count, buffer.count - count)
      if got < 0 { throw Configuration.Fault(description: "The file \(path) cannot be read.") }
      count += got
      // Less than there was room for: the end of a file.
      if count < buffer.count { return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]) }
    }
  }

  private mutating func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 4, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
    buffer.deallocate()
    buffer = larger
  }
}
