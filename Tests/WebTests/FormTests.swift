import Kit
import Testing

@testable import Web

@Suite("Forms and queries are read as one value")
struct FormTests {
  @Test("percent, plus, repetition and dotted names")
  func reading() throws {
    let value = try FormReader.read("q=a%20b+c&tag=1&tag=2&actions.0.text=first&actions.1.text=second&empty=")
    #expect(value["q"] == "a b c")
    #expect(value["tag"] == ["1", "2"])
    #expect(value["actions"] == [["text": "first"], ["text": "second"]])
    #expect(value["empty"] == "")
  }

  @Test("what cannot be text is refused", arguments: ["a=%FF", "a=%0", "a=%00", "%C3=1", "a.=1", "a.b.c.d.e=1"])
  func refused(_ text: String) {
    #expect(throws: Problem.self) { try FormReader.read(text) }
  }

  @Test("more than the limit of fields is refused")
  func many() {
    #expect(throws: Problem.self) { try FormReader.read(Array(repeating: "a=1", count: 2001).joined(separator: "&")) }
  }

  @Test("a multipart body gives its fields and files, byte for byte")
  func multipart() throws {
    let body =
      "--xx\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--xx\r\n"
      + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    let value = try Multipart.read(Array(body.utf8) + [0, 1, 13, 10, 255] + Array("\r\n--xx--\r\n".utf8), boundary: "xx")
    #expect(value["note"] == "hello")
    #expect(value["file"]?["name"] == "a.csv")
    #expect(value["file"]?["bytes"] == .bytes([0, 1, 13, 10, 255]))
  }

  @Test(
    "a broken multipart body is refused, never fatal",
    arguments: ["", "--xx", "--xx\r\n", "--xx\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xx--", "--xx\r\nA: b\r\n\r\nno end"])
  func broken(_ body: String) {
    #expect(throws: Problem.self) { try Multipart.read(Array(body.utf8), boundary: "xx") }
    #expect(throws: Problem.self) { try Multipart.read(Array(body.utf8), boundary: "") }
  }

  @Test("two thousand long names that begin alike are read at once, each with its value")
  func longNames() throws {
    let stem = String(repeating: "%CC%81", count: 120)
    let value = try FormReader.read((0..<2000).map { "\(stem)\($0)=\($0)" }.joined(separator: "&"))
    guard case .object(let fields) = value else { throw Problem.malformed("No object.") }
    #expect(fields.fields.count == 2000 && fields.fields.last?.value == "1999")
  }

  @Test("a fence counts at the beginning of a line only, and a name of a file may hold a semicolon")
  func fences() throws {
    let body =
      "before it --xx\r\n--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.csv\"\r\n\r\nin a --xx line\r\n--xx--\r\n"
    let value = try Multipart.read(Array(body.utf8), boundary: "xx")
    #expect(value["file"]?["name"] == "a;b.csv")
    #expect(value["file"]?["bytes"] == .bytes(Array("in a --xx line".utf8)))
  }

  @Test(
    "an address of IPv6 stands for its first 64 bits however it is written",
    arguments: [
      ("2001:db8::a:b:c:d", "2001:db8:0:0::/64"), ("2001:db8::1", "2001:db8:0:0::/64"), ("2001:db8:0:0:1::", "2001:db8:0:0::/64"),
      ("fe80::1%eth0", "fe80:0:0:0::/64"), ("198.51.100.7", "198.51.100.7"), ("::ffff:198.51.100.7", "198.51.100.7"),
      ("::1", "::1"), ("0:0:0:0:0:0:0:1", "::1"), ("::2", "0:0:0:0::/64"), ("no:address", "no:address"),
    ])
  func neighbourhoods(_ address: String, _ expected: String) { #expect(Neighbourhood.of(address) == expected) }
}
