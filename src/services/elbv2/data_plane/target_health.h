#pragma once

#include "gateway/gateway.h"
#include "services/elbv2/reports.h"

namespace everseal::elbv2::data_plane {

// In ELBv2's words.
Health shown(const gateway::TargetHealth& found);

}  // namespace everseal::elbv2::data_plane
