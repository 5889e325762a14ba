/// The directory at the end of an archive (APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16), checked as it is read.
struct ZipDirectory {
  private let bytes: ArraySlice<UInt8>
  private let view: LittleEndian
  private let limits: ZipLimits

  init(_ bytes: [UInt8], limits: ZipLimits) {
    self.bytes = bytes[...]
    view = LittleEndian(bytes[...])
    self.limits = limits
  }

  private struct End {
    let count: Int
    let offset: Int
    let size: Int
    /// Where the record itself begins: nothing of the archive lies behind it.
    let position: Int
  }

  func entries() throws(ZipRefusal) -> [ZipEntry] {
    let end = try end()
    if end.count > limits.entries { throw ZipRefusal(.tooManyEntries) }
    guard end.offset <= end.position, end.size <= end.position - end.offset else { throw ZipRefusal(.truncated) }
    var entries: [ZipEntry] = []
    var names: Set<String> = []
    var (position, total) = (end.offset, 0)
    for _ in 0..<end.count {
      let (entry, length) = try entry(at: position, before: end.offset)
      guard names.insert(entry.name).inserted else { throw ZipRefusal(.duplicateName, entry.name) }
      total += entry.size
      if total > limits.totalBytes { throw ZipRefusal(.tooLarge) }
      entries.append(entry)
      position += length
      if position > end.offset + end.size { throw ZipRefusal(.damaged) }
    }
    try refuseOverlaps(entries)
    return entries
  }

  /// The end record, found from the back behind a comment of at most 65 535 bytes.
  private func end() throws(ZipRefusal) -> End {
    guard bytes.count >= 22 else { throw ZipRefusal(.notAnArchive) }
    let isZip = view.word(0) == 0x0403_4B50 || view.word(0) == 0x0605_4B50
    var position = bytes.count - 22
    while position >= max(0, bytes.count - 22 - 65_535) {
      if view.word(position) == 0x0605_4B50, let comment = view.short(position + 20), position + 22 + comment == bytes.count {
        return try end(at: position)
      }
      position -= 1
    }
    throw ZipRefusal(isZip ? .truncated : .notAnArchive)
  }

  private func end(at position: Int) throws(ZipRefusal) -> End {
    guard let disk = view.short(position + 4), let count = view.short(position + 10), let size = view.word(position + 12),
      let offset = view.word(position + 16)
    else { throw ZipRefusal(.truncated) }
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, position >= 20, view.word(position - 20) == 0x0706_4B50 {
      guard let large = view.long(position - 20 + 8), view.word(large) == 0x0606_4B50, large < position, let count = view.long(large + 32),
        let size = view.long(large + 40), let offset = view.long(large + 48)
      else { throw ZipRefusal(.damaged) }
      return End(count: count, offset: offset, size: size, position: large)
    }
    guard disk == 0 || disk == 0xFFFF else { throw ZipRefusal(.damaged) }
    return End(count: count, offset: offset, size: size, position: position)
  }

  private func entry(at position: Int, before directory: Int) throws(ZipRefusal) -> (ZipEntry, length: Int) {
    guard view.word(position) == 0x0201_4B50, let maker = view.short(position + 4), let flags = view.short(position + 8),
      let method = view.short(position + 10), let checksum = view.word(position + 16), let packed = view.word(position + 20),
      let size = view.word(position + 24), let nameLength = view.short(position + 28), let extraLength = view.short(position + 30),
      let commentLength = view.short(position + 32), let attributes = view.word(position + 38), let local = view.word(position + 42),
      let rawName = view.slice(position + 46, nameLength), let extra = view.slice(position + 46 + nameLength, extraLength)
    else { throw ZipRefusal(.damaged) }
    guard let name = ZipName.read(rawName) else { throw ZipRefusal(.unsafeName, String(decoding: rawName.prefix(80), as: UTF8.self)) }
    if flags & 0x2041 != 0 { throw ZipRefusal(.encrypted, name) }
    try refuseLink(name, maker: maker, attributes: attributes)
    guard method == 0 || method == 8 else { throw ZipRefusal(.unknownMethod, name) }
    let large = try ZipLarge(size: size, packed: packed, local: local, extra: extra, name: name)
    try refuseSize(name, size: large.size, packed: large.packed, isDeflated: method == 8)
    let place = try place(of: name, rawName, large, before: directory)
    let entry = ZipEntry(
      name: name, size: large.size, packedSize: large.packed, checksum: UInt32(truncatingIfNeeded: checksum), isDeflated: method == 8,
      place: place)
    return (entry, 46 + nameLength + extraLength + commentLength)
  }

  /// Made on Unix, the upper half of the attributes is the mode: plain files and folders only.
  private func refuseLink(_ name: String, maker: Int, attributes: Int) throws(ZipRefusal) {
    let kind = attributes >> 16 & 0xF000
    if maker >> 8 == 3, kind != 0, kind != 0x8000, kind != 0x4000 { throw ZipRefusal(.link, name) }
  }

  private func refuseSize(_ name: String, size: Int, packed: Int, isDeflated: Bool) throws(ZipRefusal) {
    if size > limits.fileBytes { throw ZipRefusal(.tooLarge, name) }
    if !isDeflated, size != packed { throw ZipRefusal(.damaged, name) }
    if size > 1 << 20, size / max(packed, 1) > limits.ratio { throw ZipRefusal(.bomb, name) }
  }

  /// Where the packed bytes lie, by the header in front of them, which must name the same file.
  private func place(of name: String, _ rawName: ArraySlice<UInt8>, _ large: ZipLarge, before directory: Int) throws(ZipRefusal) -> Range<
    Int
  > {
    guard view.word(large.local) == 0x0403_4B50, let nameLength = view.short(large.local + 26), let extra = view.short(large.local + 28),
      let ownName = view.slice(large.local + 30, nameLength)
    else { throw ZipRefusal(.damaged, name) }
    guard ownName.elementsEqual(rawName) else { throw ZipRefusal(.damaged, name) }
    let start = large.local + 30 + nameLength + extra
    guard start <= directory, large.packed <= directory - start else { throw ZipRefusal(.truncated, name) }
    return start..<start + large.packed
  }

  /// Files that share bytes are how a small archive becomes a huge one.
  private func refuseOverlaps(_ entries: [ZipEntry]) throws(ZipRefusal) {
    var reached = 0
    for place in entries.map(\.place).sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if place.lowerBound < reached { throw ZipRefusal(.overlapping) }
      reached = max(reached, place.upperBound)
    }
  }
}

/// Sizes and place of an entry, from its extra field where four bytes do not hold them (zip64).
struct ZipLarge {
  private(set) var size: Int
  private(set) var packed: Int
  private(set) var local: Int

  init(size: Int, packed: Int, local: Int, extra: ArraySlice<UInt8>, name: String) throws(ZipRefusal) {
    (self.size, self.packed, self.local) = (size, packed, local)
    guard [size, packed, local].contains(0xFFFF_FFFF) else { return }
    let view = LittleEndian(extra)
    var position = 0
    while let kind = view.short(position), let length = view.short(position + 2) {
      if kind == 1, let field = view.slice(position + 4, length) {
        try read(LittleEndian(field), name)
        return
      }
      position += 4 + length
    }
    throw ZipRefusal(.damaged, name)
  }

  private mutating func read(_ field: LittleEndian, _ name: String) throws(ZipRefusal) {
    var position = 0
    for path in [\ZipLarge.size, \ZipLarge.packed, \ZipLarge.local] where self[keyPath: path] == 0xFFFF_FFFF {
      guard let value = field.long(position) else { throw ZipRefusal(.damaged, name) }
      self[keyPath: path] = value
      position += 8
    }
  }
}
