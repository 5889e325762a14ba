import Interchange
import Kit
import Store
import Web

/// A picture or a sound that came with a person's cards. Nobody else gets at it.
enum DeckMedia {
  /// Bytes that one person may keep.
  static let most = 500_000_000

  /// Where the cards find it.
  static func address(_ id: ID<DeckMedia>) -> String { "/learn/decks/media/\(id)" }

  /// What a person has, by name.
  static func kept(_ viewer: Viewer, _ tx: Transaction) throws -> [String: ID<DeckMedia>] {
    let rows = try tx.rows("SELECT id, name FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    return try rows.reduce(into: [:]) { media, row in media[try row("name")] = try row("id") }
  }

  /// Takes files in; one of a name that is here already is replaced.
  static func keep(_ files: [DeckPackage.Media], _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    let held: Int =
      try tx.value(
        "SELECT coalesce(sum(length(content)), 0) FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)") ?? 0
    guard held + files.reduce(0, { $0 + $1.content.count }) <= most else {
      throw Problem.conflict(code: "media_full", detail: "Your sounds and pictures would take more than 500 MB. Nothing was changed.")
    }
    for file in files {
      try tx.run(
        """
        INSERT INTO deck_media (org_id, id, person_id, name, content)
        VALUES (\(viewer.org), \(world.id() as ID<DeckMedia>), \(viewer.person), \(file.name), \(file.content))
        ON CONFLICT (org_id, person_id, name) DO UPDATE SET content = excluded.content
        """)
    }
  }

  struct Wanted: Input, Codable { var media: ID<DeckMedia> }

  static let endpoint = Endpoint.custom(
    .get, "/learn/decks/media/:media", allow: .member, "Get a picture or a sound of one's cards", input: Wanted.self
  ) { call, wanted in
    let (name, content): (String, [UInt8]) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      let row = try tx.row(
        "SELECT name, content FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(wanted.media)")
      guard let row else { throw Problem.notFound }
      return (try row("name"), try row("content"))
    }
    // What a browser does not show by itself is a file to keep, whatever it calls itself.
    let type = types[name.split(separator: ".").last?.lowercased() ?? ""]
    var answer = Answer.bytes(content, type ?? "application/octet-stream", fileName: type == nil ? name : nil)
    answer.headers.append(("Cache-Control", "private, max-age=3600"))
    return answer
  }.with { $0.contentType = "application/octet-stream" }

  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
    "svg": "image/svg+xml", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "wav": "audio/wav", "flac": "audio/flac",
  ]
}
