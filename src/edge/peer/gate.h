#pragma once
// The side that is dialled: children hand over their facts and ask for those that are for them.

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "edge/peer/admission.h"
#include "platform/http/server.h"
#include "platform/http/workers.h"

namespace anlan::edge::peer {

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
// it. Who is not a child that this node has registered and not revoked gets 403. Of each certificate one batch is taken
// in at a time and one looked for, and more is answered 429: the writer's queue holds one batch of each child, in the
// order in which they came, so nobody can have two turns before another one has his. Use client_certificates.
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

 private:
  // A child that waits for facts; the place to which it was looked through without finding any.
  struct Waiting {
    std::string child, certificate;
    journal::Place acknowledged, from;
    federation::Listener told;
    Instant until;
    std::uint64_t turn = 0;
    http::Reply reply;
  };

  void join(const http::Request&, const http::Reply&);
  void welcome(const http::Reply&);
  void take_batch(const std::string& child, http::Request, const http::Reply&);
  void answer_taken(const std::string& child, const Arrived&, const http::Reply&);
  // What is held of the child's history, and what the child gives back of this node's.
  void history(const std::string& child, const http::Request&, const http::Reply&);
  void give(const std::string& child, const http::Request&, const http::Reply&);
  void hear(const std::string& child, const http::Request&, const http::Reply&);
  void look(Waiting);
  // Until something is published behind what was looked at.
  void wait(Waiting, journal::Position published);
  // The child that holds the certificate; empty where it is none.
  std::string child_of(const http::Request&);
  // One of a kind at a time: false where the certificate has one already.
  bool enter(const std::string& what);
  void leave(const std::string& what);
  // On a worker, or 503.
  void post(std::function<void()> task, const http::Reply&);

  Ground& ground_;
  Invitations& invitations_;
  const std::string certificate_;
  std::mutex mutex_;
  std::map<std::string, std::string> proved_;  // certificates that nodes have proved to hold, and these
  std::set<std::string> inside_;
  std::map<std::string, std::uint64_t> turns_;  // of asking for facts, by certificate: a new one ends the last
  std::atomic<bool> closing_ = false;
  http::Workers workers_;
};

}  // namespace anlan::edge::peer
