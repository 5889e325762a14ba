import Foundation
import Interchange
import Testing

@Suite("Zip archives")
struct ZipTests {
  @Test("what is written is read back, small, empty, large and with names in any language")
  func roundTrip() throws {
    let files: [(String, [UInt8])] = [
      ("empty", []), ("a/b.txt", Array("hello".utf8)), ("épée 日本.txt", [UInt8](repeating: 7, count: 500_000)),
      ("noise", (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }),
    ]
    var writer = ZipWriter()
    for (name, content) in files { try writer.add(name, content) }
    let zip = try ZipReader(writer.finish())
    #expect(zip.entries.map(\.name) == files.map(\.0))
    for (name, content) in files { try #expect(zip.contents(named: name) == content) }
    #expect(throws: ZipRefusal.self) { try zip.contents(named: "nobody") }
  }

  @Test("names that lead out of the archive are neither written nor read")
  func names() throws {
    for name in ["../x", "/etc/passwd", "a/../../b", "a\\b", "C:/x", "a//b", "./a", "", "a\u{0}b", "a/\u{1}"] {
      var writer = ZipWriter()
      #expect(throws: ZipRefusal.self, "\(name)") { try writer.add(name, [1]) }
      guard !name.isEmpty else { continue }
      #expect(throws: ZipRefusal.self, "\(name)") { try ZipReader(RawZip([.init(name: name)]).bytes) }
    }
  }

  @Test("hostile archives are refused before anything is inflated, each with its own reason, in less than two seconds")
  func hostile() throws {
    let cases: [(ZipRefusal.Code, [UInt8])] = [
      (.notAnArchive, Array("not a zip at all, only a long line of text".utf8)), (.notAnArchive, []),
      (.encrypted, RawZip([.init(name: "a", flags: 1)]).bytes), (.link, RawZip([.init(name: "a", mode: 0o120777)]).bytes),
      (.link, RawZip([.init(name: "a", mode: 0o020666)]).bytes), (.unsafeName, RawZip([.init(name: "../../a")]).bytes),
      (.duplicateName, RawZip([.init(name: "a"), .init(name: "a")]).bytes), (.unknownMethod, RawZip([.init(name: "a", method: 12)]).bytes),
      (.tooLarge, RawZip([.init(name: "a", claimed: 2_000_000_000, method: 8)]).bytes),
      (.bomb, RawZip([.init(name: "a", claimed: 99_000_000, method: 8)]).bytes),
      (.tooManyEntries, RawZip((0..<60_000).map { .init(name: "\($0)") }).bytes),
      (.tooManyEntries, RawZip([.init(name: "a")], countInEnd: 100_000).bytes),
      (.truncated, Array(RawZip([.init(name: "a", content: [UInt8](repeating: 65, count: 900))]).bytes.dropLast(30))),
      (.overlapping, RawZip([.init(name: "a"), .init(name: "b")], sharesBytes: true).bytes),
    ]
    for (code, bytes) in cases {
      let spent = processorSeconds {
        #expect(throws: ZipRefusal.self) {
          do throws(ZipRefusal) {
            _ = try ZipReader(bytes)
          } catch {
            #expect(error.code == code || code == .overlapping && error.code == .damaged, "\(error.code), not \(code)")
            throw error
          }
        }
      }
      #expect(spent < 2)
    }
  }

  @Test("100,000 entries that are really there are refused by their number")
  func hundredThousand() throws {
    let bytes = RawZip((0..<100_000).map { .init(name: "\($0)") }, large: true).bytes
    let spent = processorSeconds {
      #expect(throws: ZipRefusal.self) { try ZipReader(bytes, limits: ZipLimits(entries: 50_000)) }
    }
    #expect(spent < 2)
  }

  @Test("a content that is longer, shorter or other than the archive says is refused")
  func lies() throws {
    var writer = ZipWriter()
    try writer.add("a", [UInt8](repeating: 65, count: 5000))
    let honest = writer.finish()
    // The size stands at 22 of the local header and at 24 of the directory's; the checksum before it.
    let directory = try #require(honest.firstIndex(ofRun: [0x50, 0x4B, 0x01, 0x02]))
    for size in [4999, 5001, 1] {
      var lying = honest
      for (offset, byte) in [UInt8(size & 255), UInt8(size >> 8)].enumerated() { lying[directory + 24 + offset] = byte }
      let zip = try ZipReader(lying)
      #expect(throws: ZipRefusal.self) { try zip.contents(named: "a") }
    }
    var other = honest
    other[directory + 16] ^= 1
    let zip = try ZipReader(other)
    #expect(throws: ZipRefusal.self) { try zip.contents(named: "a") }
  }

  @Test("no change of a byte and no cut ends in anything but a value or a refusal")
  func mutations() throws {
    var writer = ZipWriter()
    try writer.add("a.txt", Array("Situation, behaviour, impact".utf8))
    try writer.add("b/c", [UInt8](repeating: 3, count: 300))
    let bytes = writer.finish()
    for place in bytes.indices {
      for flip: UInt8 in [1, 0x80, 0xFF] {
        var changed = bytes
        changed[place] ^= flip
        if let zip = try? ZipReader(changed) { for entry in zip.entries { _ = try? zip.contents(entry) } }
      }
      _ = try? ZipReader(Array(bytes.prefix(place)))
    }
  }

  @Test("zstandard frames come back, and stop at the limit whatever they say")
  func zstandard() throws {
    let plain = [UInt8](repeating: 9, count: 3_000_000)
    let packed = try #require(Zstandard.encoded(plain))
    #expect(Zstandard.isFrame(packed) && packed.count < 2000)
    #expect(try Zstandard.decoded(packed, limit: plain.count) == plain)
    #expect(throws: Zstandard.Refusal.tooLarge) { try Zstandard.decoded(packed, limit: plain.count - 1) }
    #expect(throws: Zstandard.Refusal.damaged) { try Zstandard.decoded(Array(packed.dropLast(4)), limit: plain.count) }
    #expect(throws: Zstandard.Refusal.damaged) { try Zstandard.decoded([1, 2, 3], limit: 10) }
    #expect(throws: Zstandard.Refusal.damaged) { try Zstandard.decoded([], limit: 10) }
  }

  @Test("messages of Protocol Buffers are read, and broken ones refused")
  func protocolBuffers() throws {
    let message = try ProtocolBuffer([0x0A, 3, 0x61, 0x62, 0x63, 0x10, 0xAC, 0x02, 0x1D, 1, 2, 3, 4])
    #expect(message.text(1) == "abc" && message.number(2) == 300 && message.number(9) == 0)
    for bytes: [UInt8] in [[0x0A], [0x0A, 5, 1], [0x00], [0x0B], [0x10, 0x80], [0x10] + [UInt8](repeating: 0xFF, count: 11)] {
      #expect(throws: ProtocolBuffer.Damaged.self) { try ProtocolBuffer(bytes[...]) }
    }
  }

  @Test("SHA-1 is that of the standard's examples")
  func sha1() {
    let hex = { (text: String) in SHA1.digest(text.utf8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    #expect(hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(hex("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    #expect(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
  }
}
