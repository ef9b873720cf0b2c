Console.WriteLine("Pond");
