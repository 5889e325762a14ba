import Interchange
import Kit
import Store
import Web

/// The activity log as a file. When there is more than fits, the last line says so, and where it goes on.
enum AuditFile {
  static let mostLines = 50_000
  static let words = "The file holds the newest 50,000 of these lines; its last line says when there are more. Days make it smaller."

  static let endpoint = Endpoint.custom(.get, "/admin/audit.csv", allow: .admin, "The activity log as CSV", input: AuditFilter.self) {
    call, filter in
    let site = call.site
    let file = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return try text(filter, most: mostLines, site.settings.baseURL, viewer, tx, site.world)
    }
    return .csv(file, fileName: "activity.csv")
  }.with { $0.contentType = "text/csv" }

  static func text(
    _ filter: AuditFilter, most: Int, _ base: String, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> String {
    let found = try AuditLine.list(filter, limit: most + 1, viewer, tx, world)
    let lines = found.prefix(most)
    var rows: [[CSV.Cell]] = [["at", "who", "what", "object", "id", "by", "detail"]]
    for line in lines {
      rows.append([
        .text(line.at.at), .text(line.who), .text(line.what), .text(line.object), .text(line.id.description), .text(line.origin),
        .text(line.detail),
      ])
    }
    if found.count > most, let last = lines.last {
      var next = filter.values
      next["after"] = last.id.description
      let words = "There are more than these \(most) lines. The next: \(base)/admin/audit.csv\(QueryText.query(next))"
      rows.append([.text(words), .empty, .empty, .empty, .empty, .empty, .empty])
    }
    return CSV.text(rows)
  }
}
