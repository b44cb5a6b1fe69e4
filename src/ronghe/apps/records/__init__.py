"""Records (纪实), measures (数据) and targets (目标): what work left behind, entered once."""
