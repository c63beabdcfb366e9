#include "main/store_writer.h"

#include <algorithm>
#include <iterator>

#include "domain/personal_data/facts.h"

namespace anlan {

StoreWriter::StoreWriter(StoreGround ground) : ground_(std::move(ground)) {
  connection_ = journal::start(ground_.where, ground_.views, ground_.clock.now());
  connect();
  known_ = executor_->head();
}

void StoreWriter::disconnect() {
  executor_.reset();
  vault_.reset();
  connection_.reset();
}

// A log that is left behind could be brought into the files by programs that know nothing of their checksums.
void StoreWriter::close() {
  try {
    if (connection_) connection_->checkpoint();
  } catch (const sql::Error&) {  // the next start reads the log
  }
  disconnect();
}

void StoreWriter::connect() {
  if (!connection_) {
    connection_ = sql::open(ground_.where, sql::Access::kWrite, {}, journal::edition_of(ground_.views));
    journal::catch_up(*connection_, ground_.views);
  }
  vault_ = std::make_unique<journal::Vault>(*connection_, ground_.master, ground_.random);
  executor_ = std::make_unique<command::Executor>(*connection_, *vault_, ground_.reference, ground_.clock,
                                                  ground_.random, ground_.views);
  if (ground_.recipients) executor_->count_with(*ground_.recipients);
  missed_.clear();
  if (known_ > 0 && executor_->head() > known_)
    missed_ = journal::read_after(*connection_, known_, static_cast<std::size_t>(executor_->head() - known_));
}

command::Executor::Batch StoreWriter::told(command::Executor::Batch batch) {
  batch.facts.insert(batch.facts.begin(), std::make_move_iterator(missed_.begin()),
                     std::make_move_iterator(missed_.end()));
  missed_.clear();
  if (!batch.facts.empty()) known_ = batch.facts.back().position;
  return batch;
}

command::Executor::Batch StoreWriter::run(std::span<const command::Envelope> envelopes) {
  for (auto left = kPatience / kBetweenTries;; --left) try {
      if (!executor_) connect();
      auto batch = told(executor_->run(envelopes));
      scrub(batch);
      return batch;
    } catch (const sql::ConnectionLost&) {
      disconnect();
      if (left <= 0 || !pause()) throw;
    }
}

std::optional<command::Executor::Batch> StoreWriter::perform(const Work& work) {
  try {
    if (!executor_) connect();
    auto batch = told(work(*executor_, *connection_));
    scrub(batch);
    return batch;
  } catch (const sql::ConnectionLost&) {
    disconnect();
    return std::nullopt;
  }
}

command::Executor::Batch StoreWriter::follow() {
  try {
    if (!executor_) connect();
    auto batch = told(executor_->follow());
    scrub(batch);
    return batch;
  } catch (const sql::ConnectionLost&) {
    disconnect();
    return {};
  }
}

void StoreWriter::scrub(const command::Executor::Batch& batch) {
  if (sql::is_shared(ground_.where)) return;
  const auto erases = [](const journal::Fact& f) { return f.type == personal_data::Erased::kType; };
  erased_ = erased_ || std::ranges::any_of(batch.facts, erases);
  if (erased_) erased_ = !journal::scrub(*connection_);
}

bool StoreWriter::pause() {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, kBetweenTries, [this] { return stopping_; });
}

void StoreWriter::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

}  // namespace anlan
