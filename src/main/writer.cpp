#include "main/writer.h"

namespace anlan {

WriterThread::WriterThread(StoreWriter& store, std::size_t capacity, Committed committed, Failed failed)
    : store_(store), capacity_(capacity), committed_(std::move(committed)), failed_(std::move(failed)), thread_([this] {
        run();
      }) {}

WriterThread::~WriterThread() { stop(); }

void WriterThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// Answered outside of the lock: what answers may submit again.
void WriterThread::submit(command::Envelope envelope, Answered answered) {
  {
    const std::lock_guard lock(mutex_);
    if (!broken_ && !stopping_ && queue_.size() < capacity_) {
      queue_.emplace_back(std::move(envelope), std::move(answered));
      if (queue_.size() == 1) wake_.notify_one();
      return;
    }
  }
  answered(refuse(RefusalKind::kBusy, "node.busy"));
}

void WriterThread::perform(StoreWriter::Work one, After after) {
  {
    const std::lock_guard lock(mutex_);
    if (!broken_ && !stopping_) {
      works_.emplace_back(std::move(one), std::move(after));
      wake_.notify_one();
      return;
    }
  }
  after(false);
}

void WriterThread::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
  }
  wake_.notify_one();
}

// A batch begins with what others have appended, so only an idle writer must look for it by itself.
void WriterThread::follow() {
  try {
    if (const auto batch = store_.follow(); !batch.facts.empty()) committed_(batch);
  } catch (const std::exception& e) {
    fail(e.what());
  }
}

void WriterThread::fail(const std::string& what) {
  {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }
  failed_(what);
}

bool WriterThread::is_broken() {
  const std::lock_guard lock(mutex_);
  return broken_;
}

void WriterThread::work(const StoreWriter::Work& one, const After& after) {
  if (is_broken()) return after(false);
  try {
    const auto batch = store_.perform(one);
    if (batch && !batch->facts.empty()) committed_(*batch);
    after(batch.has_value());
  } catch (const std::exception& e) {
    fail(e.what());
    after(false);
  }
}

// What came in while a batch was written makes the next one; queued commands are written before the thread ends.
void WriterThread::run() {
  std::vector<command::Envelope> envelopes;
  std::vector<Answered> answers;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || nudged_ || !queue_.empty() || !works_.empty(); });
    if (!works_.empty()) {
      const auto [one, after] = std::move(works_.front());
      works_.pop_front();
      lock.unlock();
      work(one, after);
      lock.lock();
      if (queue_.empty()) continue;
    }
    nudged_ = false;
    if (queue_.empty()) {
      if (broken_) return;
      lock.unlock();
      if (stopping_) return store_.close();
      follow();
      lock.lock();
      continue;
    }
    envelopes.clear();
    answers.clear();
    while (!queue_.empty() && envelopes.size() < kBatch) {
      envelopes.push_back(std::move(queue_.front().first));
      answers.push_back(std::move(queue_.front().second));
      queue_.pop_front();
    }
    lock.unlock();
    write(envelopes, answers);
    lock.lock();
  }
}

void WriterThread::write(std::vector<command::Envelope>& envelopes, std::vector<Answered>& answers) {
  // Once the store has failed nothing is tried again (docs/decisions/0010).
  if (!is_broken()) {
    try {
      auto batch = store_.run(envelopes);
      committed_(batch);
      for (std::size_t i = 0; i < answers.size(); ++i) answers[i](std::move(batch.outcomes[i]));
      return;
    } catch (const std::exception& e) {
      fail(e.what());
    }
  }
  for (const auto& answered : answers) answered(refuse(RefusalKind::kBusy, "node.failed"));
}

}  // namespace anlan
