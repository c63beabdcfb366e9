#pragma once
// How other threads hand work to an io thread. Inside the server only.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace anlan::http {

// Tasks run in the order in which they were posted. However many are posted before the io thread comes to them, it is
// woken once. May outlive its io_context once closed.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
 public:
  using Task = std::function<void()>;

  explicit Mailbox(boost::asio::io_context& context) : context_(context) {}

  // Thread safe. False: closed, the task is dropped.
  bool post(Task task);
  // On the io thread: runs what is left and takes nothing more.
  void close();

 private:
  void drain();

  boost::asio::io_context& context_;
  std::mutex mutex_;
  std::vector<Task> tasks_;
  bool closed_ = false;
};

}  // namespace anlan::http
