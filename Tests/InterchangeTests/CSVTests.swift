import Testing

@testable import Interchange

@Suite struct CSVTests {
  @Test("quotes, separators and line breaks inside fields are read, with the line each row begins on")
  func fields() throws {
    let records = try CSV.records(Array("a,b\r\n\"x,\"\"y\"\"\",\"1\r\n2\"\r\n\r\n3,\n".utf8))
    #expect(records.map(\.fields) == [["a", "b"], ["x,\"y\"", "1\r\n2"], ["3", ""]])
    #expect(records.map(\.line) == [1, 2, 5])
    #expect(records.map(\.number) == [1, 2, 3])
  }

  @Test("the separator is the one that stands most often in the header", arguments: [",", ";", "\t"])
  func separator(sign: String) throws {
    let table = try CSV.Table(Array("\u{FEFF}name\(sign)\"a,;\tb\"\(sign)mail\rAnn\(sign)1\(sign)x".utf8))
    #expect(table.header == ["name", "a,;\tb", "mail"])
    #expect(table.rows.first?["MAIL"] == "x")
    #expect(table.rows.first?["missing"] == nil)
  }

  @Test("a chunk boundary may fall anywhere")
  func chunks() throws {
    let bytes = Array("\u{FEFF}a;b\r\n\"ü\n\"\"\";2\r\n".utf8)
    var reader = CSV.Reader()
    var records: [CSV.Record] = []
    for byte in bytes { records += try reader.read([byte]) }
    records += try reader.finish()
    try #expect(records == CSV.records(bytes))
    #expect(records.last?.fields == ["ü\n\"", "2"])
  }

  @Test(
    "what cannot be read is refused with its row",
    arguments: [
      ("a,b\n\"x\"y,1", 2, "text-after-quote"), ("a\nx\"y", 2, "stray-quote"), ("a\n1\n\"x", 3, "open-quote"),
      ("a\n\0", 2, "nul"), ("a\n1\n2\n3\n4", 5, "too-many-rows"), ("a,b,c,d", 1, "too-many-fields"),
      ("a\nabcdefghijklmnopq", 2, "field-too-long"),
    ])
  func faults(text: String, row: Int, code: String) {
    let limits = CSV.Limits(rows: 4, fieldsInRow: 3, bytesInField: 16)
    let fault = #expect(throws: CSV.Fault.self) { try CSV.records(Array(text.utf8), limits: limits) }
    #expect(fault?.row == row)
    #expect(fault?.code == code)
    #expect(fault?.text.hasPrefix("Row \(row): ") == true)
    #expect(fault?.sentence.hasPrefix("Row") == false)
  }

  @Test("UTF-16 and broken UTF-8 are refused with advice")
  func encodings() {
    #expect(throws: CSV.Fault.self) { try CSV.records([0xFF, 0xFE, 0x61, 0x00]) }
    let fault = #expect(throws: CSV.Fault.self) { try CSV.records(Array("a\n".utf8) + [0xC3, 0x28]) }
    #expect(fault?.code == "not-utf-8")
  }

  @Test("rows that do not fit the header are listed and left out")
  func table() throws {
    let table = try CSV.Table(Array("name,mail\nAnn,a@x\nBen\nCem,c@x,,\nDee,d@x,more\n".utf8), required: ["Mail"])
    #expect(table.rows.compactMap { $0["name"] } == ["Ann", "Cem"])
    #expect(table.faults.map(\.row) == [3, 5])
  }

  @Test(
    "a header must name each required column once",
    arguments: [
      ("name\nx", "missing-column"), ("mail,Mail\n", "column-twice"), ("mail,\n", "column-without-name"), ("", "empty-file"),
    ])
  func header(text: String, code: String) {
    let fault = #expect(throws: CSV.Fault.self) { try CSV.Table(Array(text.utf8), required: ["mail"]) }
    #expect(fault?.code == code)
  }

  @Test("S32 texts that a spreadsheet would run are guarded, numbers are not")
  func guarded() {
    #expect(CSV.text([["=1+1", "-5", -5, "+1", "@x", "a=b", 2.5, .empty]]) == "'=1+1,'-5,-5,'+1,'@x,a=b,2.5,\r\n")
    #expect(CSV.text([["\tx"], ["\rx"], [""]], byteOrderMark: true) == "\u{FEFF}'\tx\r\n\"'\rx\"\r\n\"\"\r\n")
  }

  @Test("2,000 odd values come back as they were, for every separator", arguments: CSV.Separator.allCases)
  func roundTrip(separator: CSV.Separator) throws {
    var numbers = SeededNumbers(seed: 7)
    let signs = [
      "=", "+", "-", "@", "\t", "\r", "\n", "\"", "'", ",", ";", " ", "a", "é", "\u{301}", "😀", "\u{2028}", "\u{202E}", "\u{FEFF}", "5",
    ]
    let rows = (0..<500).map { _ in
      (0..<4).map { _ in (0..<Int.random(in: 0...6, using: &numbers)).map { _ in signs.randomElement(using: &numbers) ?? "" }.joined() }
    }
    let text = CSV.text([["h1", "h2", "h3", "h4"]] + rows.map { $0.map { .text($0) } }, separator: separator)
    let records = try CSV.records(Array(text.utf8), separator: separator)
    #expect(records.count == 501)
    for (record, row) in zip(records.dropFirst(), rows) {
      #expect(record.fields.map { Array(CSV.unguarded($0).utf8) } == row.map { Array($0.utf8) })
      for field in record.fields { #expect(!field.unicodeScalars.prefix(1).contains { "=+-@\t\r".unicodeScalars.contains($0) }) }
    }
  }
}
