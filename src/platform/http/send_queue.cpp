#include "platform/http/send_queue.h"

#include <algorithm>
#include <array>
#include <utility>

namespace anlan::http {
namespace {

iovec part_of(std::string_view text) { return {const_cast<char*>(text.data()), text.size()}; }

}  // namespace

bool SendQueue::write(ByteStream& to, std::string_view head, Frame body) {
  std::size_t sent = 0;
  if (empty()) {
    std::array<iovec, 2> parts;
    int count = 0;
    if (!head.empty()) parts[count++] = part_of(head);
    if (body && !body->empty()) parts[count++] = part_of(*body);
    if (count == 0) return true;
    const auto moved = to.write(parts.data(), count);
    if (moved.status == ByteStream::Status::kClosed) return false;
    if (moved.status == ByteStream::Status::kOk) return true;
    sent = moved.bytes;
  }
  if (sent < head.size()) keep(std::make_shared<const std::string>(head.substr(sent)), 0);
  if (body) keep(std::move(body), sent > head.size() ? sent - head.size() : 0);
  return true;
}

void SendQueue::keep(Frame frame, std::size_t sent) {
  if (frame->size() == sent) return;
  if (empty()) offset_ = sent;
  bytes_ += frame->size() - sent;
  frames_.push_back(std::move(frame));
}

bool SendQueue::flush(ByteStream& to) {
  while (!empty()) {
    std::array<iovec, 32> parts;
    const std::size_t count = std::min(parts.size(), frames_.size() - first_);
    for (std::size_t i = 0; i < count; ++i)
      parts[i] = part_of(std::string_view(*frames_[first_ + i]).substr(i == 0 ? offset_ : 0));
    const auto moved = to.write(parts.data(), static_cast<int>(count));
    if (moved.status == ByteStream::Status::kClosed) return false;
    drop(moved.bytes);
    if (moved.status != ByteStream::Status::kOk) break;
  }
  return true;
}

void SendQueue::drop(std::size_t sent) {
  bytes_ -= sent;
  while (sent > 0) {
    const std::size_t left = frames_[first_]->size() - offset_;
    if (sent < left) {
      offset_ += sent;
      break;
    }
    sent -= left;
    offset_ = 0;
    frames_[first_++].reset();
  }
  if (first_ > frames_.size() / 2) {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  if (frames_.empty()) frames_.shrink_to_fit();  // thousands of idle streams should weigh nothing
}

}  // namespace anlan::http
