#pragma once
// Bringing a node's store to the state in which it can serve: the present form, whole, and views that have seen every
// fact.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/time.h"
#include "journal/journal.h"

namespace anlan::journal {

using Progress = std::function<void(Position done, Position total)>;

// The journal ends before what a view has seen: acknowledged facts are gone.
struct FactsLost : sql::Error {
  using sql::Error::Error;
};

// Opens for writing, migrates (after a backup into `before-migration-N`), makes the views up to date and empties the
// logs. Damaged views are deleted and built again. Throws sql::Error; where it is `corrupt`, journal and vault are as
// they were found.
std::unique_ptr<sql::Connection> start(const std::string& directory, std::span<Projection* const>, Instant now,
                                       const Progress& = {}, const std::string& vfs = {});

// The edition of the view database (sql.h) in which these views stand: another one where the name or the revision of
// any is another. Empty of none.
std::string edition_of(std::span<Projection* const>);

// Opens for writing and migrates as start() does; views stay as they are, unless they are so damaged that they cannot
// be opened: then they are deleted. Makes the store where it is missing. Throws sql::Error.
std::unique_ptr<sql::Connection> open(const std::string& directory, Instant now, const std::string& vfs = {},
                                      const std::string& edition = {});

// Whether anything was ever recorded there. Opens like open().
bool holds_facts(const std::string& directory, Instant now);

// Creates what is missing, rebuilds what has another revision, and applies the facts that each view has not seen, in
// batches, each a transaction: on a shared store others write between them, and may build the same views. Throws
// FactsLost, also where views of another edition have seen more than the journal holds.
void catch_up(sql::Connection&, std::span<Projection* const>, const Progress& = {});

// Deletes the view database and builds it anew, whatever its state, after the check that the journal holds all that
// the views had seen. Opens like start().
std::unique_ptr<sql::Connection> rebuild(const std::string& directory, std::span<Projection* const>, Instant now,
                                         const Progress& = {}, const std::string& vfs = {});

// How far all views of the connection's edition have come.
Position seen(sql::Connection&);
// How far any view of any edition has come; nullopt where none says so. Outside transactions. Throws sql::Error where
// it cannot be read.
std::optional<Position> most_seen(sql::Connection&);

// Within the writer's transaction: lets the views see what processes with views of another edition have appended; those
// with the same views see to it for each other. A batch of it: false where they are not up to `head` yet, and another
// transaction should go on, so that others need not wait. `grown`: facts that came since the last such transaction; the
// batch is twice as many where they are more than a usual one, so that an end comes however fast others write.
bool level(sql::Connection&, std::span<Projection* const>, Position head, std::size_t grown = 0);

// Within the writer's transaction: lets every view see facts just appended, and notes that they have. The views must
// have been level with the journal before.
void apply(sql::Connection&, std::span<Projection* const>, std::span<const Fact>);

}  // namespace anlan::journal
