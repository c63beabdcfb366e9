#pragma once
// Server-sent events (WHATWG HTML §9.2): one console's open stream.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::http {

// Bytes of one event as they go over the wire, shared by all who get it.
using Frame = std::shared_ptr<const std::string>;

// "id: …\nevent: …\ndata: …\n\n"; an empty id or event is left out; a data text of many lines becomes many data lines.
Frame event_frame(std::string_view id, std::string_view event, std::string_view data);

// Every function is thread safe and returns at once. Calls made by one thread take effect in their order,
// Server::publish among them: a publisher that sends a stream what it missed, then subscribes it, then goes on
// publishing leaves neither gap nor repeat.
//
// What the peer has not taken is queued up to Options::stream_queue_bytes; a stream that needs more is dropped, and its
// console resumes by Last-Event-ID. A comment goes out when nothing else went for Options::heartbeat.
//
// The connection keeps its stream alive. Holding the pointer of a closed stream is harmless: calls do nothing.
class EventStream {
 public:
  virtual ~EventStream() = default;

  virtual void send(Frame) = 0;
  // Replaces the channels whose publications this stream gets.
  virtual void subscribe(std::vector<std::string> channels) = 0;
  // Ends the stream after what is queued has been taken.
  virtual void close() = 0;

  virtual bool is_open() const = 0;
  // Called once on the io thread when the stream ended for whatever reason; soon when it has ended already, and by the
  // caller itself when the server has stopped. Must not throw or block, as on_drained.
  virtual void on_closed(std::function<void()>) = 0;
  // Called once on the io thread when nothing is queued any more: the way to hand over a long backlog page by page.
  virtual void on_drained(std::function<void()>) = 0;
};

}  // namespace anlan::http
