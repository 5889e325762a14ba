import Testing
import Web

@Suite("Faces of letters")
struct AvatarTests {
  @Test(
    "the first letters of the first and the last word, in capitals, of plain names as of others",
    arguments: [
      ("Ada Lovelace", "AL"), ("ben", "B"), ("", ""), (" ", ""), ("  anna  maria  de vries ", "AV"), ("O'Neill 3rd", "O3"),
      ("Élodie Ångström", "ÉÅ"), ("Zoë", "Z"), ("李 小龙", "李小"),
    ])
  func initials(_ name: String, _ wanted: String) {
    #expect(Avatar.initials(name) == wanted)
  }
}
