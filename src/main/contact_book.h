#pragma once
// The contact book of a node at work: counts for who composes and signs warnings, takes lists in, and has the journal
// say so.

#include <atomic>
#include <functional>
#include <map>
#include <mutex>

#include "base/texts.h"
#include "command/executor.h"
#include "contacts/book.h"
#include "main/file_desk.h"
#include "notify/notices.h"

namespace anlan {

// What it stands on; all outlive it.
struct ContactGround {
  std::string where;
  const crypto::Key& master;
  Random& random;
  const Clock& clock;
  const Texts& texts;
  const command::Reference& reference;
  std::string node;
  std::function<std::shared_ptr<const state::Directory>()> directory;
  std::function<command::Outcome(command::Envelope)> execute;  // waits for the writer
};

// Thread safe.
class ContactBook final : public command::Recipients, public notify::People {
 public:
  // Opens the book and reads its index: some seconds for a million contacts. Throws sql::Error.
  explicit ContactBook(ContactGround);

  // Of the organisation's own division alone: nobody warns people of another county.
  std::int64_t count(const warning::Content&, const std::string& organisation) const override;
  std::vector<command::CalledPerson> callees(const warning::Area&, const std::vector<std::string>& roles,
                                             const std::string& organisation) const override;
  std::optional<command::KnownPerson> person(std::int64_t contact) const override;
  // For sending; see contacts::Book.
  std::vector<std::int64_t> concerned(const warning::Content&, const std::string& issuer) override;
  std::optional<contacts::Address> address(std::int64_t contact) override;

  // "contacts.import": the subject is the list, `on` the organisation that keeps it. A file with a fault is not taken;
  // the answer names them. Nor is, but by `force`, one without rows, or with less than half of those that the list has.
  // The file that the list came from once more changes nothing, and `before` is then left out.
  std::map<std::string, FileDesk::Work> works();
  // The same for who has the file at hand.
  FileSaid take(const FileAsk&, const std::string& file);
  // Has the journal say what was replaced and is not said yet. Not on the writer's thread.
  void record();

 private:
  std::int64_t people() const;

  const ContactGround ground_;
  std::mutex mutex_;  // of the book, but for its index
  contacts::Book book_;
  mutable std::mutex addresses_mutex_;
  mutable contacts::Addresses addresses_;
  std::atomic<bool> unrecorded_ = true;
};

}  // namespace anlan
