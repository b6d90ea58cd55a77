#include "crypto/p256/joint_verifier.h"

#include <sched.h>

#include "latch/latch.h"

namespace everseal::crypto::p256 {
namespace {

constexpr int most_claims = 8;
// Two threads are sooner done if each verifies its own.
constexpr int least_claims = 3;

}  // namespace

// The claims of threads that met. Once closed it belongs to the thread that closed it.
struct JointVerifier::Group {
  Claim claims[most_claims];
  int size = 0;
  std::uint8_t proven = 0;
  Latch done;
};

struct JointVerifier::Seat {
  std::shared_ptr<Group> group;
  int place;
};

JointVerifier::JointVerifier(Prover prover) : prover_(prover) {}
JointVerifier::~JointVerifier() = default;

// The thread that takes the last seat proves for all. So that a group need not fill, the one that
// took the first lets others run, and proves for all when no more come.
bool JointVerifier::prove_together(const Claim& claim) {
  const Seat seat = take_seat(claim);
  Group& group = *seat.group;
  if (seat.place == most_claims - 1 || (seat.place == 0 && is_closed_by_me(seat))) {
    prove(group);
  } else {
    group.done.wait();
  }
  return (group.proven >> seat.place & 1) != 0;
}

JointVerifier::Seat JointVerifier::take_seat(const Claim& claim) {
  const std::lock_guard lock(mutex_);
  if (!forming_) forming_ = std::make_shared<Group>();
  const auto group = forming_;
  const int place = group->size++;
  group->claims[place] = claim;
  if (group->size == most_claims) forming_.reset();
  return {group, place};
}

// False: it has filled meanwhile.
bool JointVerifier::is_closed_by_me(const Seat& seat) {
  int seen = 0;
  while (true) {
    sched_yield();
    const std::lock_guard lock(mutex_);
    if (forming_ != seat.group) return false;
    if (seat.group->size == seen) {
      forming_.reset();
      return true;
    }
    seen = seat.group->size;
  }
}

void JointVerifier::prove(Group& group) {
  last_size_ = group.size;
  if (group.size >= least_claims) group.proven = prover_(group.claims, group.size);
  group.done.open();
}

}  // namespace everseal::crypto::p256
