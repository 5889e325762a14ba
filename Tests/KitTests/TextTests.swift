import Kit
import Testing

@Suite("Text forms")
struct TextTests {
  @Test(
    "base64url agrees with RFC 4648, section 10, without padding",
    arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy")])
  func base64(_ text: String, _ encoded: String) {
    #expect(text.utf8.base64URL == encoded)
    #expect(encoded.base64URLBytes == Array(text.utf8))
  }

  @Test("every byte survives base64url, and the two signs are those of addresses")
  func everyByte() {
    let bytes = (0...255).map { UInt8($0) } + [251, 255]
    #expect(bytes.base64URL.base64URLBytes == bytes)
    #expect([UInt8](arrayLiteral: 251, 255).base64URL == "-_8")
  }

  @Test("other signs are no base64url", arguments: ["Zg==", "Z+", "Z/", "Z g", "Zé"])
  func noBase64(_ text: String) {
    #expect(text.base64URLBytes == nil)
  }

  @Test("bytes in hexadecimal")
  func hexadecimal() {
    #expect([UInt8](arrayLiteral: 0, 15, 16, 255).hex == "000f10ff")
  }

  @Test(
    "field names",
    arguments: [("createdAt", "created_at"), ("id", "id"), ("Title", "title"), ("", ""), ("aBC", "a_b_c"), ("größeÜber", "größe_über")])
  func snakeCase(_ name: String, _ field: String) {
    #expect(name.snakeCased == field)
  }

  @Test("trimming and shortening")
  func words() {
    #expect(" \n a b \t".trimmed == "a b")
    #expect("   ".trimmed == "")
    #expect("Ada Lovelace".shortened(to: 12) == "Ada Lovelace")
    #expect("Ada Lovelace".shortened(to: 5) == "Ada…")
    #expect("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧".shortened(to: 2) == "👩‍👩‍👧…")
    #expect("Ada".shortened(to: 0) == "…")
  }

  @Test("counts and lists read as a sentence")
  func sentences() {
    #expect(counted(1, "card") == "1 card")
    #expect(counted(0, "card") == "0 cards")
    #expect(counted(2, "person", "people") == "2 people")
    #expect(listed([]) == "")
    #expect(listed(["Ada"]) == "Ada")
    #expect(listed(["Ada", "Ben", "Cara"]) == "Ada, Ben and Cara")
  }

  @Test("S38 a secret prints as dots, wherever it stands")
  func secret() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump([secret], to: &dumped)
    #expect(!("\(secret) \(String(reflecting: secret)) \([secret])" + dumped).contains("hunter2"))
    #expect(secret.exposed == "hunter2")
  }
}
