import Foundation

/// What a fuzzer throws at the readers of foreign bytes. Which reader, the build says: -D FUZZ_GIFT, FUZZ_CSV and so on.
/// Compiled together with the sources of Interchange, so that nothing stands between.
@_cdecl("LLVMFuzzerTestOneInput")
public func oneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  #if FUZZ_GIFT
    let written = GIFT.write(GIFT.read(bytes).questions)
    if GIFT.write(GIFT.read(Array(written.utf8)).questions) != written { abort() }
  #elseif FUZZ_CSV
    for separator in [nil, CSV.Separator.semicolon] {
      let records = try? CSV.records(bytes, separator: separator, limits: CSV.Limits(rows: 10_000, fieldsInRow: 50, bytesInField: 10_000))
      _ = records.map { CSV.text($0.map { $0.fields.map { CSV.Cell.text($0) } }) }
    }
  #elseif FUZZ_LESSON
    let reading = LessonDocument.read(bytes, files: [:])
    if let document = reading.document, LessonDocument.read(Array(document.text.utf8), files: [:]).document?.text != document.text {
      abort()
    }
  #elseif FUZZ_FRONT
    let reading = LessonDocument.read(Array("---\n".utf8) + bytes + Array("\n---\nA text.\n".utf8), files: nil)
    if let document = reading.document, LessonDocument.read(Array(document.text.utf8)).document?.text != document.text { abort() }
  #elseif FUZZ_ZIP
    let limits = ZipLimits(entries: 100, fileBytes: 1 << 20, totalBytes: 4 << 20)
    if let zip = try? ZipReader(bytes, limits: limits) { for entry in zip.entries { _ = try? zip.contents(entry) } }
  #elseif FUZZ_ZSTD
    _ = try? Zstandard.decoded(bytes, limit: 1 << 16)
  #elseif FUZZ_PROTOBUF
    follow(bytes[...], depth: 0)
    _ = try? MediaList.read(packed: bytes)
    _ = try? MediaList.read(json: bytes)
  #elseif FUZZ_PACKAGE
    _ = try? DeckPackage(bytes, limits: ZipLimits(entries: 100, fileBytes: 1 << 20, totalBytes: 4 << 20))
  #endif
  return 0
}

/// Every field that could be a message is read as one.
func follow(_ bytes: ArraySlice<UInt8>, depth: Int) {
  guard depth < 8, let message = try? ProtocolBuffer(bytes) else { return }
  for field in message.fields.prefix(100) {
    if case .bytes(let inner) = field.value { follow(inner, depth: depth + 1) }
    _ = message.text(field.number)
  }
}
