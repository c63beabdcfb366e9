#pragma once
// The contact book of a node: lists of contacts in a database of their own beside the journal (sql::open_beside,
// "contacts"), since they are personal data by the million and no acts. That a list was replaced is a fact of the
// journal; see Book::unrecorded().
//
// Names, telephones and mail addresses are sealed under a key that follows from the node's master key. A hash of the
// telephone under that key tells that two lines are one person.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "contacts/contact.h"
#include "contacts/index.h"
#include "platform/crypto/seal.h"
#include "platform/sql/sql.h"

namespace anlan::contacts {

// How long people who are in no list any more can still be told that a warning is over.
inline constexpr std::chrono::hours kKeptWhenGone{48};

// A list as it stands; an organisation has one of a name. `digest`: of the file it came from.
struct List {
  std::string name, organisation, digest;
  std::int64_t rows = 0, generation = 0;
  Instant replaced_at;
};

// Used by one thread at a time, except index(), which any thread may call.
class Book {
 public:
  // Opens or creates the database and reads the index. Throws sql::Error. Some seconds for a million.
  Book(const std::string& where, const crypto::Key& master, Random&);

  // As of the last replacing; never null.
  std::shared_ptr<const Index> index() const;
  std::vector<List> lists();

  // Replaces a list as a whole: all that were added, in one transaction, or nothing. A line of a reference that was
  // added before is left out, and told as false. Who stays in the list keeps the id; who is gone has an address for
  // kKeptWhenGone and is found by no question, so that what was begun with an id can be ended.
  class Replacing {
   public:
    Replacing(Book&, std::string name, std::string organisation, std::string digest);
    ~Replacing();
    Replacing(const Replacing&) = delete;
    Replacing& operator=(const Replacing&) = delete;
    bool add(const Contact&);
    std::int64_t rows() const { return list_.rows; }
    // Commits, and swaps the index.
    List finish(Instant now);

   private:
    Book& book_;
    List list_;
    std::unordered_map<std::string, std::int64_t> known_;  // ids by reference
    std::unordered_set<std::string> references_;
    std::unique_ptr<sql::Bulk> rows_;
    bool done_ = false;
  };
  std::optional<List> list(const std::string& name, const std::string& organisation);
  // Removes who is gone for longer than kKeptWhenGone.
  void forget(Instant now);

  // Lists of which the journal has not said that they were replaced: the caller records it, then notes it here. What
  // was replaced and not recorded when a process ended is found by the next one.
  std::vector<List> unrecorded();
  void note_recorded(const List&);

 private:
  void read_index();
  std::string person_of(const Contact&) const;

  std::unique_ptr<sql::Connection> sql_;
  const crypto::Key key_;
  Random& random_;
  std::int64_t next_id_ = 1;
  mutable std::mutex mutex_;  // of index_
  std::shared_ptr<const Index> index_;
};

// How contacts are reached. By a connection of its own, so that who sends does not wait for a list that is taken in.
// Used by one thread at a time.
class Addresses {
 public:
  // Of a book that was opened once. Throws sql::Error, as find() does; after a ConnectionLost the next call connects
  // anew.
  Addresses(const std::string& where, const crypto::Key& master);
  // An id that was removed gives nothing, nor does one that was sealed under another master key.
  std::optional<Address> find(std::int64_t id);

 private:
  std::unique_ptr<sql::Connection> connect() const;

  const std::string where_;
  std::unique_ptr<sql::Connection> sql_;
  const crypto::Key key_;
};

}  // namespace anlan::contacts
