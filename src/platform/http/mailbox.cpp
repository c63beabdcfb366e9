#include "platform/http/mailbox.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace anlan::http {

// The lock is held while Asio is told, so that close() cannot come between and the context be gone.
bool Mailbox::post(Task task) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  tasks_.push_back(std::move(task));
  if (tasks_.size() == 1) boost::asio::post(context_, [self = shared_from_this()] { self->drain(); });
  return true;
}

void Mailbox::drain() {
  std::vector<Task> due;
  {
    const std::lock_guard lock(mutex_);
    due.swap(tasks_);
  }
  for (const auto& task : due) task();
}

void Mailbox::close() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      closed_ = tasks_.empty();
      if (closed_) return;
    }
    drain();
  }
}

}  // namespace anlan::http
