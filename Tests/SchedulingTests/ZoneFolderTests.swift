import Foundation
import Scheduling
import Testing

@Suite struct ZoneFolderTests {
  @Test("zones and names are read from a folder; what is not there is unknown")
  func folder() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("zones-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(at: root.appendingPathComponent("Europe"), withIntermediateDirectories: true)
    try Data(try #require(zoneFiles["Europe/Berlin"])).write(to: root.appendingPathComponent("Europe/Berlin"))
    try Data("# comment\nDE\t+5230+01322\tEurope/Berlin\tmost\nXX\t+0\t../bad\nAF\t+3431+06912\tAsia/Kabul\n".utf8)
      .write(to: root.appendingPathComponent("zone.tab"))
    let folder = ZoneFolder(path: root.path)
    #expect(folder.names() == ["Asia/Kabul", "Europe/Berlin"])
    let tables = folder.tables()
    try #expect(tables.zone("Europe/Berlin").offset(at: now) == 3_600)
    #expect(throws: ZoneError.unknownZone("Europe")) { try tables.zone("Europe") }
    #expect(throws: ZoneError.unknownZone("Asia/Kabul")) { try tables.zone("Asia/Kabul") }
    #expect(ZoneFolder(path: root.path + "/nowhere").names().isEmpty)
  }
}
