#pragma once
// What a peer has not taken yet. Inside the server only.

#include <cstddef>
#include <string_view>
#include <vector>

#include "platform/http/byte_stream.h"
#include "platform/http/event_stream.h"

namespace anlan::http {

// Frames are shared with every other queue they stand in, so a slow consumer costs a pointer a frame. bytes() counts
// their whole length nevertheless: it is the measure of how far behind a consumer is. One thread at a time.
//
// Each function writes as much as the socket takes without waiting; false: the connection is broken.
class SendQueue {
 public:
  // Copies of `head` only what could not be sent. `body` may be null.
  bool write(ByteStream&, std::string_view head, Frame body);
  // One frame of a stream.
  bool push(ByteStream& to, Frame frame) { return write(to, {}, std::move(frame)); }
  // To be called when the socket is writable and the queue is not empty.
  bool flush(ByteStream&);

  bool empty() const { return first_ == frames_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  void keep(Frame frame, std::size_t sent);
  void drop(std::size_t sent);

  std::vector<Frame> frames_;
  std::size_t first_ = 0;   // frames_ before it are gone
  std::size_t offset_ = 0;  // sent of frames_[first_]
  std::size_t bytes_ = 0;
};

}  // namespace anlan::http
