#pragma once
// The one door to a relational engine. Statement text is portable between SQLite 3.40 and PostgreSQL 15: `?` for
// parameters, INSERT … ON CONFLICT, no engine functions; what the engines say differently stands in this folder.
//
// A store is three databases that one connection sees together, so statements name tables alone:
//   vault    keys of sealed entries       committed first
//   journal  facts, answers, sealed data  committed second
//   view     what is derived              committed last; may be deleted at any time
// In SQLite they are three files of a directory, and a crash between the three commits leaves keys without facts
// (harmless) or facts without views (caught up at start). In PostgreSQL they are three schemas of one database, and
// there is one commit. Text holds no NUL character: PostgreSQL has none.
//
// Processes of two versions may work on one database at a time, each with derived tables of its own: there the view
// database is a schema for each edition of them, and `edition`, a name of letters and digits, says which one a
// connection means. SQLite has one process at a time and one file.
//
// `where` names a store: a directory (which must exist), or the URL postgresql://… of a database.
//
// Reading and writing name tables alone. CREATE TABLE names the database (CREATE TABLE view.incident …), an index
// names it with its table (CREATE INDEX incident_county ON view.incident(county)); DROP TABLE needs neither.
//
// SQLite is in sqlite_*.h, PostgreSQL in postgres_*.h; sql.cpp chooses.

#include <bit>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace anlan::sql {

// Disk full, I/O error, corrupt file, lost connection. After it the connection must not be used again.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
  bool corrupt = false;
  std::string database;  // "vault", "journal", "view" where it is known which one is corrupt
};
// The server has gone, or has become a reader. What was committed stands; of a commit under way nobody knows. A new
// connection may be opened. Never with SQLite.
struct ConnectionLost : Error {
  using Error::Error;
};
// A UNIQUE or PRIMARY KEY said no: the transaction can only be rolled back.
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
  // To the end, for what it does and not for rows. Inside a transaction an engine may do it later, in order: a refusal
  // then comes out of the next step() or commit().
  virtual void run() = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::span<const std::byte> blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;
};

// `VALUES (?), (?), …`, a table of one column1, and `x IN (VALUES …)`, with places for `values`, to be bound by
// bind_list(): for all lengths few texts, since each is prepared. At least one value. As a table the values are looked
// up one by one; of a plain list PostgreSQL may think that one pass over everything else that fits is cheaper.
template <class T>
std::string values_of(const std::vector<T>& values) {
  std::string text = "VALUES (?)";
  for (std::size_t i = 1; i < std::bit_ceil(values.size()); ++i) text += ", (?)";
  return text;
}
template <class T>
std::string one_of(std::string_view x, const std::vector<T>& values) {
  return std::string(x) + " IN (" + values_of(values) + ")";
}
template <class T>
Statement& bind_list(Statement& s, const std::vector<T>& values) {
  for (const T& value : values) s.bind(value);
  for (std::size_t i = values.size(); i < std::bit_ceil(values.size()); ++i) s.bind(values.back());
  return s;
}

using Value = std::variant<std::int64_t, double, std::string_view, std::span<const std::byte>>;

// Many rows into one table. Until finish() nothing else may use the connection.
class Bulk {
 public:
  virtual ~Bulk() = default;
  virtual void add(std::span<const Value> row) = 0;
  virtual void finish() = 0;
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
  virtual std::int64_t changes() = 0;  // rows changed by the last statement

  // Transactions: on a writing connection they hold the one write lock of the store, so they stand one behind the
  // other and each sees all before it; on a reading one they hold a snapshot.
  virtual void begin() = 0;
  virtual void commit() = 0;    // returns when durable; an Error means that the outcome is unknown
  virtual void rollback() = 0;  // never throws for a server that is gone: nothing is left of the transaction then

  // The server went away: this connection is of no more use, another may be opened. Never with SQLite.
  virtual bool lost() const { return false; }

  // Brings the logs into the files and empties them. False: a reader or another writer stood in the way; the content is
  // safe, call again later. Outside transactions.
  virtual bool checkpoint() = 0;
  // Sees to it that nothing overwritten or deleted in the vault is left in the store's files. False: somebody who began
  // to read before stood in the way; call again later. Outside transactions.
  virtual bool scrub() = 0;

  // Columns must not be NULL. Inside a transaction.
  virtual std::unique_ptr<Bulk> bulk(std::string_view table, std::span<const std::string_view> columns) = 0;

  // Rows of the view found by marks, words of a–z and 0–9, that they bear (full text: base/contained.h). An index of
  // marks is dropped like a table.
  virtual void create_marks(std::string_view index) = 0;
  // What `row` bears from now on, and bore: empty where it is new. Inside a transaction.
  virtual void mark(std::string_view index, std::int64_t row, std::span<const std::string> before,
                    std::span<const std::string> now) = 0;
  // A SELECT of one column, `marked`: the rows that bear all marks of its one parameter, text written by all_of().
  virtual std::string marked(std::string_view index) const = 0;
  // At least one mark; one that ends in * is borne by what bears any mark that begins so.
  virtual std::string all_of(std::span<const std::string> marks) const = 0;

  // Tables that a SELECT reads from end to end, by the plan that the engine makes for it; once for each time.
  virtual std::vector<std::string> read_whole(std::string_view select) = 0;

  // Problems that the engine itself finds in its files, empty when sound. Reads everything.
  virtual std::vector<std::string> integrity() = 0;
  // The view databases of the store, that of every edition, by names that may stand before a table.
  virtual std::vector<std::string> view_databases() = 0;
  // Drops those whose edition no connection has named for a day. Outside transactions. One that a living connection
  // names is never dropped, nor the one without an edition.
  virtual void forget_view_databases() = 0;
  // The last transaction in the log of "vault" or "journal" is broken: what a power cut leaves of a commit that never
  // returned, or damage to one that did; the engine cannot tell. Empty when whole.
  virtual std::string broken_tail(std::string_view database) = 0;
};

// kInspect reads like kRead, but damaged pages are handed out as they are and the view may be missing: for verifying.
enum class Access { kWrite, kRead, kInspect };

// Opens the store; kWrite creates what is missing of the three databases. Throws Error, with `corrupt` also where a log
// is damaged before a committed transaction: opening would lose that one for good.
// `vfs`: name of a registered SQLite VFS, empty for the system's. `edition`: of the view database.
std::unique_ptr<Connection> open(const std::string& where, Access, const std::string& vfs = {},
                                 const std::string& edition = {});

// Opens a database of its own beside those of the store, "contacts" perhaps, by a connection that sees no other: a file
// of that name, or a schema. For what is no part of the journal and would hold up those who write there; it commits by
// itself. kWrite creates it; a reader of one that is not there throws Error. `name`: small letters.
std::unique_ptr<Connection> open_beside(const std::string& where, const std::string& name, Access);

// Deletes the view database of the edition. Nothing may have it open; throws Error where a server knows that something
// has.
void remove_view(const std::string& where, const std::string& vfs = {}, const std::string& edition = {});

// Copies the journal, the vault and what lies beside them, of a running node, page by page into `target` (an empty or
// new directory), fsynced. SQLite's alone: of a server its own tools make the physical copy.
void backup(const std::string& directory, const std::string& target);

// Whether several processes may write to the store, each with a connection of its own.
bool is_shared(const std::string& where);

// Tells that other connections have committed something. Used by one thread.
class Watch {
 public:
  virtual ~Watch() = default;
  // True where something may have been committed since the last call; false after `longest` without news. Never
  // throws for a server that is gone.
  virtual bool wait(std::chrono::milliseconds longest) = 0;
};
// Of a shared store; null of another.
std::unique_ptr<Watch> watch(const std::string& where);

}  // namespace anlan::sql
