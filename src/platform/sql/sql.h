#pragma once
// The one door to a relational engine. Statement text is portable between SQLite 3.40 and PostgreSQL 15: `?` for
// parameters, INSERT … ON CONFLICT, no engine functions; what the engines say differently stands in this folder.
//
// A store is a directory of three databases that one connection sees together, so statements name tables alone:
//   vault    keys of sealed entries       synchronous=FULL, committed first
//   journal  facts, answers, sealed data  synchronous=FULL, committed second
//   view     what is derived              synchronous=NORMAL, committed last; may be deleted at any time
// A crash between the three leaves keys without facts (harmless) or facts without views (caught up at start).
//
// Reading and writing name tables alone. CREATE TABLE names the database (CREATE TABLE view.incident …), an index
// names it with its table (CREATE INDEX incident_county ON view.incident(county)); DROP TABLE needs neither.
//
// SQLite is in sqlite_*.h; PostgreSQL stands beside it as postgres_*.h, and sql.cpp chooses.

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::sql {

// Disk full, I/O error, corrupt file, lost connection. After it the connection must not be used again.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
  bool corrupt = false;
  std::string database;  // "vault", "journal", "view" where it is known which one is corrupt
};
// A UNIQUE or PRIMARY KEY said no; the enclosing savepoint can be rolled back and the work go on.
struct UniqueViolation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Connection;

// A prepared statement, kept by its connection. Bind from 1 on in order, step, read columns from 0 on.
// Text and blob columns are valid until the next step or reset. A statement left in the middle of its rows keeps the
// snapshot it reads: reset it, or let the connection's next begin() do so.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual Statement& bind(std::int64_t) = 0;
  virtual Statement& bind(double) = 0;
  virtual Statement& bind(std::string_view) = 0;
  virtual Statement& bind_blob(std::span<const std::byte>) = 0;
  virtual Statement& bind_null() = 0;
  Statement& bind(int v) { return bind(static_cast<std::int64_t>(v)); }
  Statement& bind(const char* v) { return bind(std::string_view{v}); }
  Statement& bind(const std::string& v) { return bind(std::string_view{v}); }

  virtual bool step() = 0;  // true: a row stands ready; false: at the end, and reset
  virtual void reset() = 0;
  void run() {
    while (step()) {
    }
  }
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::span<const std::byte> blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;
};

// Used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;
  // The cached statement of this text, reset and unbound. The text must outlive the connection (a literal), or be
  // prepared by `once`.
  virtual Statement& prepare(std::string_view literal) = 0;
  virtual std::unique_ptr<Statement> once(std::string_view text) = 0;
  // One or more statements without parameters or rows.
  virtual void execute(std::string_view text) = 0;
  virtual std::int64_t changes() const = 0;  // rows changed by the last statement

  // Transactions: on a writing connection they hold the one write lock, on a reading one a snapshot. A savepoint
  // stands for one command inside a batch.
  virtual void begin() = 0;
  virtual void commit() = 0;  // returns when durable; an Error means the outcome is unknown and the node must stop
  virtual void rollback() = 0;
  virtual void savepoint() = 0;
  virtual void release() = 0;
  virtual void rollback_to_savepoint() = 0;  // undoes and ends the savepoint

  // Brings the logs into the files and empties them, so that nothing overwritten or deleted is left in a file.
  // False: a reader or another writer stood in the way; the content is safe, call again later. Outside transactions.
  virtual bool checkpoint() = 0;

  // Problems that the engine itself finds in its files, empty when sound. Reads everything.
  virtual std::vector<std::string> integrity() = 0;
  // The last transaction in the log of "vault" or "journal" is broken: what a power cut leaves of a commit that never
  // returned, or damage to one that did; the engine cannot tell. Empty when whole.
  virtual std::string broken_tail(std::string_view database) = 0;
};

// kInspect reads like kRead, but damaged pages are handed out as they are and the view may be missing: for verifying.
enum class Access { kWrite, kRead, kInspect };

// Opens the store in `directory` (which must exist); kWrite creates the three files where missing. Throws Error, with
// `corrupt` also where a log is damaged before a committed transaction: opening would lose that one for good.
// `vfs`: name of a registered SQLite VFS, empty for the system's.
std::unique_ptr<Connection> open(const std::string& directory, Access, const std::string& vfs = {});

// Deletes the view database. Nothing may have it open.
void remove_view(const std::string& directory, const std::string& vfs = {});

// Copies the journal and vault of a running node page by page into `target` (an empty or new directory), fsynced.
void backup(const std::string& directory, const std::string& target);

}  // namespace anlan::sql
