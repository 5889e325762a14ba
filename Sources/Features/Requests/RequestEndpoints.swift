import Kit
import Web

/// The addresses of requests. Whoever has none may look all the same: the list says so.
enum RequestEndpoints {
  static let all: [Endpoint] = [
    .page("/requests", ListRequests.self, "requests/index", "List the asks put before oneself"),
    SeenRequest.endpoint,
    .act(.post, "/requests/return", ReturnFromPause.self, "Get requests again after a pause") { _ in
      Destination("/requests", say: "Welcome back. You get requests again.")
    },
    .act(.post, "/requests/:offer/acceptance", AcceptOffer.self, "Accept a request", form: "/requests/:offer", creates: true) {
      Destination(
        $0.session.map { "/sessions/\($0)" } ?? "/requests/\($0.offer)", say: $0.session == nil ? "Sent. Thank you." : "Booked. Thank you.")
    },
    .act(.post, "/requests/:offer/times", ProposeTimes.self, "Propose other times", form: "/requests/:offer") {
      Destination("/requests/\($0.offer)", say: "Proposed. You will hear which time is picked.")
    },
    .act(.post, "/requests/:offer/question", AskFirst.self, "Ask something first", form: "/requests/:offer") {
      Destination("/requests/\($0.offer)", say: "Sent. The deadline stands still until there is a reply.")
    },
    .act(.post, "/requests/:offer/pass", PassOnOffer.self, "Pass a request on", form: "/requests/:offer") { _ in
      Destination("/requests", say: "Passed on. Thank you for answering.")
    },
  ]
}
