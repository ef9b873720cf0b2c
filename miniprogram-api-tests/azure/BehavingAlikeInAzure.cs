using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.Operators;
using Pond.Tests.Points;

namespace Pond.Tests.Azure;

// What holds over HTTP on the embedded store holds on Azure's services too.

public sealed class DraftingTemplatesInAzure(AzuriteApi app) : DraftingTemplates(app), IClassFixture<AzuriteApi>;

public sealed class KeepingLimitsInAzure(AzuriteApi app) : KeepingLimits(app), IClassFixture<AzuriteApi>;

public sealed class RunningOffersInAzure(AzuriteApi app) : RunningOffers(app), IClassFixture<AzuriteApi>;

public sealed class AdjustingPointsInAzure(AzuriteApi app) : AdjustingPoints(app), IClassFixture<AzuriteApi>;

public sealed class ApprovingAdjustmentsInAzure(AzuriteApi app)
    : ApprovingAdjustments(app), IClassFixture<AzuriteApi>;

public sealed class RacingForPointsInAzure(AzuriteApi app) : RacingForPoints(app), IClassFixture<AzuriteApi>;

public sealed class FreezingAndBanningInAzure(AzuriteApi app) : FreezingAndBanning(app), IClassFixture<AzuriteApi>;

public sealed class KeepingSessionsInAzure(AzuriteApi app) : KeepingSessions(app), IClassFixture<AzuriteApi>;

public sealed class ActingByRoleInAzure(AzuriteApi app) : ActingByRole(app), IClassFixture<AzuriteApi>;
