#pragma once
// The side that is dialled: children hand over their facts and ask for those that are for them.

#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include "edge/peer/admission.h"
#include "edge/peer/asking.h"
#include "edge/peer/proved.h"
#include "platform/http/fair_workers.h"

namespace anlan::edge::peer {

// Bounds of the server before a gate: so many connections that one who opens as many as he can, from some addresses or
// with the certificates of one node, keeps no child out.
http::Options line_options(const std::string& certificate_file, const std::string& key_file);

//   POST /v1/join    a code → Welcome; 403 where it opens nothing
//   POST /v1/facts   a batch → 200 taken, 409 go on from elsewhere, both with {"since", "position", "witness"?};
//                    422 refused; 415 a batch of a later form: {"form"} is the last one that is read here
//   GET  /v1/facts?since=&position=&wait=   200 a batch, 204 nothing for as long as was waited,
//                                           409 this node's store was lost: {"history_after"} what is to be given back
//   GET  /v1/history?after=                 200 what is held of the child's own blocks behind `after`, 204 nothing more
//   POST /v1/history                        200 what is held of this node's; empty: that was all
//   POST /v1/health  how the child and those below it are → 200 how this node is; 400 what cannot be read
// Of GET /v1/facts the header Anlan-Form says which form of batches the child reads. An answer with the header
// Anlan-First says what the child is to say back with its next question: what went ahead of a long backlog stands in
// it. Who is not a child that this node has registered and not revoked gets 403. Of each child, whatever certificates
// it has, one batch is taken in at a time and one looked for, and more is answered 429: the writer's queue holds one
// batch of each child, in the order in which they came, so nobody can have two turns before another one has his.
// Children take turns at the workers too, one task of each at a time, and whoever has proved nothing yet by address,
// beside them; of these more than 64 KiB is answered 413: a child that has more to say asks for facts as well, which
// proves it. What fails, of the store or otherwise, is answered 503.
//
// Put it behind a server with line_options().
class Gate final : public http::Handler {
 public:
  // `certificate`: of this side, by its fingerprint. All outlive the gate.
  Gate(Ground&, Invitations&, std::string certificate);
  // The server must have stopped, and nobody may wait for a position or for the writer any more.
  ~Gate() override;

  // From now on everybody is sent away; those that wait are, once when_reached() calls them. Thread safe.
  void close() { closing_ = true; }

  void handle(http::Request, http::Reply) override;
  std::size_t body_limit(http::Method, std::string_view path) const override;
  // The child, as long as it is one.
  std::string holder_of(const std::string& certificate) override;

 private:
  // A child that waits for facts; the place to which it was looked through without finding any.
  struct Waiting {
    std::string child;
    journal::Place acknowledged, from;
    federation::Listener told;
    Instant until;
    std::uint64_t turn = 0;
    Asked asked;
  };

  void join(const Asked&);
  http::Response welcome() const;
  // Of who comes with a certificate that is not known.
  void prove(const Asked&);
  void serve(const std::string& child, const Asked&);
  void take_batch(const std::string& child, const Asked&);
  void answer_taken(const std::string& child, const Arrived&, const Asked&);
  // What is held of the child's history, and what the child gives back of this node's.
  void history(const std::string& child, const Asked&);
  void give(const std::string& child, const Asked&);
  void hear(const std::string& child, const Asked&);
  void look(Waiting);
  // Until something is published behind what was looked at.
  void wait(Waiting, journal::Position published);
  // Null where it is none.
  const node::Node* child_in(const state::Directory&, const std::string& node) const;
  // On a worker, in the line of a child or of strangers, or 503.
  void post(const std::string& line, const Asked&, std::function<void()> task);

  Ground& ground_;
  Invitations& invitations_;
  const std::string certificate_;
  Proved proved_;
  Turns turns_;
  std::mutex mutex_;
  std::map<std::string, std::uint64_t> newest_;  // question for facts, by child: a new one ends the last
  std::atomic<bool> closing_ = false;
  http::FairWorkers workers_;
};

}  // namespace anlan::edge::peer
