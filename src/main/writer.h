#pragma once
// The thread of the only writer: drains the queue of commands, a batch a commit.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "main/store_writer.h"

namespace anlan {

// Waiting commands make the next batch: the busier the node, the more commands share a sync.
class WriterThread {
 public:
  using Answered = std::function<void(command::Outcome)>;
  // After a batch is durable and before its commands are answered.
  using Committed = std::function<void(const command::Executor::Batch&)>;
  // The store failed: nothing more is written, the node must end.
  using Failed = std::function<void(const std::string& what)>;

  WriterThread(StoreWriter&, std::size_t capacity, Committed, Failed);
  // stop().
  ~WriterThread();
  WriterThread(const WriterThread&) = delete;
  WriterThread& operator=(const WriterThread&) = delete;

  // Thread safe. Answers kBusy at once when the queue is full, or the writer has failed or stopped.
  void submit(command::Envelope, Answered);
  // Thread safe. `after` is called when what the work did is durable and published; with false where it was not done,
  // or nobody knows. One work runs between two batches of commands, so that neither waits long for the other.
  using After = std::function<void(bool done)>;
  void perform(StoreWriter::Work, After);
  // Writes what is queued, then joins. Whoever works on may still submit, and is sent away.
  void stop();
  // Thread safe: other processes may have appended something; when nothing is queued, it is looked for.
  void nudge();

 private:
  // Bounds how long the first of a batch waits for the others.
  static constexpr std::size_t kBatch = 512;

  void run();
  void follow();
  // After a failure every command is answered kBusy: its outcome is unknown to the node too, and a repeated key finds
  // out.
  void write(std::vector<command::Envelope>&, std::vector<Answered>&);
  void work(const StoreWriter::Work&, const After&);
  void fail(const std::string& what);
  bool is_broken();

  StoreWriter& store_;
  const std::size_t capacity_;
  const Committed committed_;
  const Failed failed_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::pair<command::Envelope, Answered>> queue_;
  std::deque<std::pair<StoreWriter::Work, After>> works_;
  // `broken_` never falls back: only a start checks the store again.
  bool stopping_ = false, broken_ = false, nudged_ = false;
  std::thread thread_;
};

}  // namespace anlan
