import Foundation
import Kit
import Web

enum PushEndpoints {
  static let all: [Endpoint] = [
    .custom(.get, "/you/push", allow: .member, "Show which browsers get push messages", input: NoInput.self, output: .of(PushPage.self)) {
      call, _ in
      let (viewer, page) = try await call.reading { tx in
        let viewer = try call.admit(tx)
        return (viewer, try PushPage.show(tx, viewer, call.site))
      }
      return try .page("letters/push", page, viewer: viewer)
    },
    .act(
      .post, "/you/push", "Let this browser get push messages", form: "/you/push",
      then: { _ in Destination("/you/push", say: "Push is on.") },
      onSite: AddPushDevice.add),
    .act(.post, "/you/push/:device/remove", RemovePushDevice.self, "Send no more push messages to a browser") { _ in
      Destination("/you/push", say: "Removed.")
    },
    .act(.post, "/you/push/test", TestPush.self, "Send a push message to my browsers") { _ in
      Destination("/you/push", say: "Sent. It appears in a moment.")
    },
    // At the root, because a service worker sees only what is below its own address.
    .custom(.get, "/service-worker.js", allow: .anyone, "The script that shows push messages", input: NoInput.self) { call, _ in
      var answer = Answer.bytes(call.site.assets.bytes("service-worker.js") ?? [], "text/javascript; charset=utf-8")
      answer.headers.append(("Cache-Control", "no-cache"))
      return answer
    }.with {
      $0.surface = .page
      $0.contentType = "text/javascript"
    },
  ]
}
