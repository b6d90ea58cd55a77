#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

#include "crypto/p256/claim.h"

namespace everseal::crypto::p256 {

// Verifies what several threads claim at the same time, up to eight claims at once
// (docs/decisions/0010). Thread-safe.
class JointVerifier {
 public:
  // Which of one to eight claims are proven, a bit each, as proven_lanes() of proof.h.
  using Prover = std::uint8_t (*)(const Claim* claims, int count);

  // Null: the processor has none, and everybody verifies alone.
  explicit JointVerifier(Prover prover);
  ~JointVerifier();
  JointVerifier(const JointVerifier&) = delete;
  JointVerifier& operator=(const JointVerifier&) = delete;

  // Whether the claim is true. `alone` finds out by itself: it is asked if nobody else has a claim,
  // if there is no prover, and before any claim is called false. x and y are on the
  // curve, r and s from 1 to n - 1.
  template <class Alone>
  bool verify(const Claim& claim, const Alone& alone) {
    if (prover_ == nullptr) return alone();
    const Visit visit(under_way_);
    return (others_are_near() && prove_together(claim)) || alone();
  }

 private:
  struct Group;
  struct Seat;

  class Visit {
   public:
    explicit Visit(std::atomic<int>& under_way) : under_way_(under_way) { ++under_way_; }
    ~Visit() { --under_way_; }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

   private:
    std::atomic<int>& under_way_;
  };

  bool others_are_near() const { return under_way_ > 1 || last_size_ > 1; }
  bool prove_together(const Claim& claim);
  Seat take_seat(const Claim& claim);
  bool is_closed_by_me(const Seat& seat);
  void prove(Group& group);

  const Prover prover_;
  std::atomic<int> under_way_{0};  // threads in verify()
  std::atomic<int> last_size_{1};  // of the group that was closed last
  std::mutex mutex_;
  std::shared_ptr<Group> forming_;  // guarded by mutex_; null: the next to come begins one
};

}  // namespace everseal::crypto::p256
